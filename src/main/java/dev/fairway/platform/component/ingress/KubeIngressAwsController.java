package dev.fairway.platform.component.ingress;

import com.google.auto.service.AutoService;
import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Reach;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Choice;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.model.SymbolType.Whole;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.AutoscalerTags;
import dev.fairway.platform.cloud.Draining;
import dev.fairway.platform.cloud.Reachability;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Optional;

/**
 * kube-ingress-aws-controller gives Ingresses and RouteGroups their load balancers: as few as their
 * certificates fit on, each a CloudFormation stack, with all workers behind it. It finds
 * certificates in ACM and IAM by the hosts.
 *
 * <p>It runs on masters, since it may change the AWS account. Which cluster and VPC are its own it
 * learns from the tags of the master that it is on; kube2iam hands on what it asks EC2's metadata
 * service, all but credentials.
 */
@AutoService(Component.class)
public final class KubeIngressAwsController implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "ingress_controller_enabled",
          new Bool(),
          "true",
          "Whether Ingresses and RouteGroups get load balancers; without it none comes, and those"
              + " that stand stay");

  private static final Symbol TLS_POLICY =
      Symbol.setting(
          "ingress_tls_policy",
          // Those of TLS 1.2 and newer that the controller knows.
          new Choice(
              List.of(
                  "ELBSecurityPolicy-TLS13-1-2-2021-06",
                  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
                  "ELBSecurityPolicy-TLS13-1-3-2021-06",
                  "ELBSecurityPolicy-FS-1-2-Res-2020-10",
                  "ELBSecurityPolicy-TLS-1-2-2017-01")),
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
          "The versions and ciphers of TLS that load balancers accept, where an Ingress names"
              + " none");

  private static final Symbol CERTIFICATE_POLLING =
      Symbol.setting(
          "ingress_certificate_polling",
          new Text("[1-9][0-9]{0,3}[smh]", "a time such as 2m"),
          "2m",
          "How often certificates are looked for in ACM and IAM");

  /** CloudFormation adds the new before it takes the old away, so of AWS' 25 one stays free. */
  private static final Symbol CERTIFICATES =
      Symbol.setting(
          "ingress_certificates_per_balancer",
          new Whole(1, 24),
          "24",
          "The most certificates beside the default one of a load balancer that applications"
              + " share");

  private static final Image IMAGE =
      Image.of("ghcr.io/zalando-incubator/kube-ingress-aws-controller:v0.18.17");

  private static final String NAME = "kube-ingress-aws-controller";

  /** The name is too long for a role's. */
  private static final Role ROLE = Role.ofMasterPods("ingress-controller", IngressRights.all());

  private static final Workload CONTROLLER =
      Workload.inKubeSystem(NAME)
          .assuming(ROLE)
          .because(
              Reason.SINGLE_REPLICA,
              "it elects no leader, and two would make each load balancer twice");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> needs() {
    return List.of(Skipper.ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(TLS_POLICY, CERTIFICATE_POLLING, CERTIFICATES);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE);
  }

  @Override
  public Optional<Role> role() {
    return Optional.of(ROLE);
  }

  @Override
  public List<Reach> reach() {
    return List.of(
        Reachability.PUBLIC_HTTPS,
        Reachability.PUBLIC_HTTP,
        Reach.tcp(
            Reachability.INGRESS_ALB,
            Reachability.WORKER,
            Addresses.INGRESS,
            "load balancers hand requests to Skipper and ask for its health"));
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        CONTROLLER.serviceAccount(),
        clusterRole(),
        CONTROLLER.clusterRoleBinding(),
        deployment(),
        CONTROLLER.networkPolicy(Ingress.metrics()));
  }

  private ClusterRole clusterRole() {
    var groups = RouteGroup.PLURAL;
    return CONTROLLER.clusterRole(
        Rbac.allow("networking.k8s.io", List.of("ingresses"), "get", "list"),
        Rbac.allow("networking.k8s.io", List.of("ingresses/status"), "patch", "update"),
        Rbac.allow(RouteGroup.GROUP, List.of(groups), "get", "list"),
        Rbac.allow(RouteGroup.GROUP, List.of(groups + "/status"), "patch", "update"));
  }

  private Deployment deployment() {
    return CONTROLLER.deployment(
        1,
        CONTROLLER
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withContainers(controller())
            .endSpec()
            .build());
  }

  private Container controller() {
    return Containers.restricted("controller", IMAGE)
        .withArgs(balancers())
        .addAllToArgs(targets())
        .withEnv(
            EnvVars.of("AWS_REGION", Facts.REGION.token()),
            // The cluster's pools and no other group; without it masters would be targets as well.
            EnvVars.of(
                "CUSTOM_FILTERS",
                "tag:" + AutoscalerTags.owner(Facts.CLUSTER_TAG.token()) + "=owned"))
        .withPorts(Containers.tcp("metrics", 7979))
        .withResources(Resources.of("25m", "128Mi"))
        .withLivenessProbe(Probes.http("/metrics", "metrics"))
        .withReadinessProbe(Probes.http("/metrics", "metrics"))
        .build();
  }

  private static List<String> balancers() {
    return List.of(
        "--additional-stack-tags=" + IngressRights.TAG + "=" + Facts.CLUSTER_TAG.token(),
        "--load-balancer-type=application",
        "--ssl-policy=" + TLS_POLICY.token(),
        "--redirect-http-to-https",
        "--max-certs-alb=" + CERTIFICATES.token(),
        "--cert-polling-interval=" + CERTIFICATE_POLLING.token(),
        "--idle-connection-timeout=" + Draining.text(Draining.IDLE),
        // Names of the cluster's own domain are for pods, and nobody's outside.
        "--cluster-local-domain=" + Addresses.CLUSTER_DOMAIN,
        "--deny-internal-domains");
  }

  private static List<String> targets() {
    return List.of(
        "--target-access-mode=HostPort",
        "--target-port=" + Addresses.INGRESS,
        "--health-check-path=" + Skipper.HEALTH,
        "--health-check-port=" + Addresses.INGRESS,
        "--health-check-interval=" + Draining.text(Draining.CHECK_INTERVAL),
        "--health-check-timeout=" + Draining.text(Draining.CHECK_TIMEOUT),
        "--alb-unhealthy-threshold-count=" + Draining.UNHEALTHY_THRESHOLD,
        "--alb-healthy-threshold-count=2",
        "--deregistration-delay-timeout=" + Draining.text(Draining.DEREGISTRATION));
  }
}
