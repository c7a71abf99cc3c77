package dev.fairway.platform.component.dns;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Role;
import dev.fairway.model.Statement;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.Value;
import dev.fairway.model.Value.Pseudo;
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
import dev.fairway.platform.component.ingress.Skipper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Optional;

/** external-dns gives Ingresses, RouteGroups and Services their names in the cluster's zone. */
@AutoService(Component.class)
public final class ExternalDns implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "external_dns_enabled",
          new Bool(),
          "true",
          "Whether external-dns writes DNS records; without it you do");

  private static final Image IMAGE = Image.of("registry.k8s.io/external-dns/external-dns:v0.22.0");

  private static final Value ZONE =
      Value.join("arn:", Pseudo.PARTITION, ":route53:::hostedzone/", Facts.HOSTED_ZONE_ID);

  private static final Role ROLE =
      Role.ofMasterPods(
          "external-dns",
          List.of(
              Statement.allow(
                  "WriteRecords",
                  List.of("route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"),
                  List.of(ZONE)),
              keepOwnNames(),
              Statement.allowOnAll(
                  "FindZones", List.of("route53:ListHostedZones"), "it knows no resources")));

  private static final Workload EXTERNAL_DNS =
      Workload.inKubeSystem("external-dns")
          .assuming(ROLE)
          .because(Reason.SINGLE_REPLICA, "it elects no leader, and two would write at once");

  @Override
  public String name() {
    return EXTERNAL_DNS.name();
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
  public List<Image> images() {
    return List.of(IMAGE);
  }

  @Override
  public Optional<Role> role() {
    return Optional.of(ROLE);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        EXTERNAL_DNS.serviceAccount(),
        clusterRole(),
        EXTERNAL_DNS.clusterRoleBinding(),
        deployment(),
        EXTERNAL_DNS.networkPolicy(Ingress.metrics()));
  }

  /** Whoever takes it over must not lead people or masters to an API or etcd of his own. */
  private static Statement keepOwnNames() {
    return Statement.deny(
            "KeepOwnNames", List.of("route53:ChangeResourceRecordSets"), List.of(ZONE))
        .when(
            "ForAnyValue:StringLike",
            "route53:ChangeResourceRecordSetsNormalizedRecordNames",
            Value.of(Facts.API_HOST),
            Value.of(Facts.ETCD_DOMAIN),
            Value.join("*.", Facts.ETCD_DOMAIN));
  }

  private ClusterRole clusterRole() {
    return EXTERNAL_DNS.clusterRole(
        Rbac.allow(CORE, List.of("nodes", "pods", "services"), "list", "watch"),
        Rbac.allow("discovery.k8s.io", List.of("endpointslices"), "list", "watch"),
        Rbac.allow("networking.k8s.io", List.of("ingresses"), "list", "watch"),
        Rbac.allow("zalando.org", List.of("routegroups"), "list"));
  }

  private Deployment deployment() {
    return EXTERNAL_DNS.deployment(
        1,
        EXTERNAL_DNS
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
    return Containers.restricted("external-dns", IMAGE)
        .withArgs(
            "--provider=aws",
            "--source=ingress",
            "--source=service",
            "--source=skipper-routegroup",
            "--policy=sync",
            // Other clusters write in the same zone: each record says by a TXT beside it whose it
            // is.
            "--registry=txt",
            "--txt-owner-id=" + Facts.CLUSTER_ID.token(),
            "--txt-prefix=_external-dns.",
            "--zone-id-filter=" + Facts.HOSTED_ZONE_ID.token(),
            "--domain-filter=" + Facts.HOSTED_ZONE_NAME.token(),
            // The cluster's own names are not an application's to take.
            "--exclude-domains=" + Facts.API_HOST.token(),
            "--exclude-domains=" + Facts.ETCD_DOMAIN.token(),
            "--aws-zones-cache-duration=1h")
        .withEnv(EnvVars.of("AWS_REGION", Facts.REGION.token()))
        .withPorts(Containers.tcp("metrics", 7979))
        .withResources(Resources.of("25m", "256Mi"))
        .withLivenessProbe(Probes.http("/healthz", "metrics"))
        .withReadinessProbe(Probes.http("/healthz", "metrics"))
        .build();
  }
}
