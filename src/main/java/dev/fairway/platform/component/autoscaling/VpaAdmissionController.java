package dev.fairway.platform.component.autoscaling;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Texts;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Optional;

/**
 * The vertical pod autoscaler's admission controller gives new pods the size that is recommended.
 *
 * <p>It is a webhook that fails safe: when it does not answer soon, a pod is created as it was
 * written. The webhook's configuration is the release's and not, as the program would have it, one
 * that it registers itself, so that it goes when the component is switched off.
 *
 * <p>Its certificate is made in the cluster, by a script beside the server, and its key stands in
 * one Secret, which replicas share and which no file ever holds. The release brings that Secret
 * empty: so nobody needs the right to create Secrets, which in kube-system is the right to every
 * account's token, and the script may read and fill this one only. A certificate lives for ninety
 * days and is followed by the next after sixty; the API server trusts both meanwhile.
 */
@AutoService(Component.class)
public final class VpaAdmissionController implements Component {
  private static final Image IMAGE =
      Image.of("registry.k8s.io/autoscaling/vpa-admission-controller:1.7.1");

  /**
   * Debian with curl, and with the openssl that its package of CA certificates needs. No tag of it
   * is a version, so it is the one of 25 August 2026, by its digest in {@code images.lock}.
   *
   * @see <a
   *     href="https://github.com/docker-library/repo-info/blob/master/repos/buildpack-deps/remote/trixie-curl.md">what
   *     is in it</a>
   */
  private static final Image TOOLS =
      Image.of("public.ecr.aws/docker/library/buildpack-deps:trixie-curl");

  static final Workload ADMISSION = Workload.inKubeSystem("vpa-admission-controller");

  private static final String SCRIPT = "webhook-certificate.sh";
  private static final String FOLDER = "/certificate";
  private static final int TIMEOUT_SECONDS = 3;

  @Override
  public String name() {
    return ADMISSION.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(VerticalPodAutoscaler.ENABLED);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE, TOOLS);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        ADMISSION.serviceAccount(),
        clusterRole(),
        ADMISSION.clusterRoleBinding(),
        ownObjects(),
        ADMISSION.roleBinding(),
        script(),
        certificate(),
        deployment(),
        ADMISSION.disruptionBudget(),
        ADMISSION.networkPolicy(Ingress.fromApiServer("webhook"), Ingress.metrics()),
        ADMISSION.service(Workload.servicePort("webhook", 443)),
        webhook());
  }

  private ClusterRole clusterRole() {
    return VpaPrograms.seeingTargets(
        ADMISSION,
        Rbac.allowNamed(
            "admissionregistration.k8s.io",
            "mutatingwebhookconfigurations",
            ADMISSION.name(),
            "patch"));
  }

  private Role ownObjects() {
    var own = VpaPrograms.lease(ADMISSION);
    return ADMISSION.namespacedRole(
        own[0], own[1], Rbac.allowNamed(CORE, "secrets", ADMISSION.name(), "get", "patch"));
  }

  private ConfigMap script() {
    return ADMISSION.configMap(SCRIPT, Texts.beside(VpaAdmissionController.class, SCRIPT));
  }

  /** Its fields are the script's: the release never names them, and so never takes them away. */
  private Secret certificate() {
    return new SecretBuilder().withMetadata(ADMISSION.metadata()).withType("Opaque").build();
  }

  private Deployment deployment() {
    return ADMISSION.deployment(
        2,
        ADMISSION
            .pod(Priority.CONTROLLER)
            .editMetadata()
            .addToAnnotations(Workload.configured(script()))
            .endMetadata()
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withInitContainers(certificateKeeper())
            .withContainers(server())
            .withVolumes(
                Volumes.configMap("script", ADMISSION.name()), Volumes.memory("certificate", "1Mi"))
            .endSpec()
            .build());
  }

  /** Runs as long as the server, which starts when the first certificate is there. */
  private Container certificateKeeper() {
    return Containers.restricted("certificate", TOOLS)
        .withRestartPolicy("Always")
        .withCommand("sh", "/script/" + SCRIPT)
        .withEnv(
            EnvVars.of("NAME", ADMISSION.name()), EnvVars.field("NAMESPACE", "metadata.namespace"))
        .withResources(Resources.of("10m", "32Mi"))
        .withStartupProbe(Probes.command("test", "-s", FOLDER + "/tls.crt"))
        // Looked after every hour: one that has not been for three is stuck.
        .withLivenessProbe(
            Probes.command("sh", "-c", "test -n \"$(find " + FOLDER + "/checked -mmin -180)\""))
        .withVolumeMounts(
            Volumes.readOnly("script", "/script"), Volumes.writable("certificate", FOLDER))
        .build();
  }

  private Container server() {
    return Containers.restricted("server", IMAGE)
        .withArgs(
            "--v=2",
            "--register-webhook=false",
            "--tls-cert-file=" + FOLDER + "/tls.crt",
            "--tls-private-key=" + FOLDER + "/tls.key",
            "--reload-cert=true",
            "--min-tls-version=tls1_3")
        .withEnv(EnvVars.field("NAMESPACE", "metadata.namespace"))
        .withPorts(Containers.tcp("webhook", 8000), Containers.tcp("metrics", 8944))
        .withResources(Resources.of("20m", "128Mi"))
        .withLivenessProbe(Probes.http("/health-check", "metrics"))
        .withReadinessProbe(Probes.http("/health-check", "metrics"))
        .withVolumeMounts(Volumes.readOnly("certificate", FOLDER))
        .build();
  }

  /**
   * Mirrors of static pods are left out: the node runs those as its files say, whatever it is told.
   */
  private MutatingWebhookConfiguration webhook() {
    return new MutatingWebhookConfigurationBuilder()
        .withMetadata(ADMISSION.clusterMetadata())
        .addNewWebhook()
        .withName("vpa.k8s.io")
        .withAdmissionReviewVersions("v1")
        .withSideEffects("None")
        .withFailurePolicy("Ignore")
        .withTimeoutSeconds(TIMEOUT_SECONDS)
        .withRules(
            rule("", "v1", "pods", "CREATE"),
            rule(
                VerticalPodAutoscaler.KIND.group(),
                VerticalPodAutoscaler.KIND.version(),
                VerticalPodAutoscaler.KIND.plural(),
                "CREATE",
                "UPDATE"))
        .addNewMatchCondition("!('system:nodes' in request.userInfo.groups)", "not-by-a-node")
        .withNewClientConfig()
        .withNewService()
        .withName(ADMISSION.name())
        .withNamespace(ADMISSION.namespace())
        .withPort(443)
        .withPath("/")
        .endService()
        .endClientConfig()
        .endWebhook()
        .build();
  }

  private static RuleWithOperations rule(
      String group, String version, String resource, String... operations) {
    return new RuleWithOperationsBuilder()
        .withApiGroups(group)
        .withApiVersions(version)
        .withResources(resource)
        .withOperations(operations)
        .build();
  }
}
