package dev.fairway.platform.node;

import dev.fairway.model.Facts;
import dev.fairway.model.Taint;
import dev.fairway.platform.cloud.ControlPlane;
import dev.fairway.platform.cloud.NodeRoles;
import dev.fairway.platform.cloud.Profiles;
import java.time.Duration;
import java.util.List;

/** A node that runs the control plane. */
final class Master {
  private static final Taint CONTROL_PLANE =
      new Taint("node-role.kubernetes.io/control-plane", "", "NoSchedule");

  private static final Duration FOR_THE_REST = Duration.ofSeconds(20);

  private static final Kubeconfig ADMIN = Kubeconfig.ofMaster("admin");

  private Master() {}

  static NodeConfig config() {
    return Host.part()
        .and(
            Part.files(environment().file(), ADMIN.file()),
            Host.forPods(),
            Containerd.part(),
            SecretFiles.part(NodeRoles.MASTER),
            Kubelet.part(Kubeconfig.LOCAL, kubelet()),
            ApiServer.part(),
            TokenWebhook.part(),
            ApiRedirect.part(),
            ControllerManager.part(),
            Scheduler.part(),
            Part.script("signal"),
            Part.script("master-ready", Resources.enabled("master-ready.service")),
            Part.script("open-cluster", Resources.enabled("open-cluster.service")),
            Part.script(
                "approve-serving-certificates",
                Resources.enabled("approve-serving-certificates.service")))
        .named("master");
  }

  private static Environment environment() {
    return Environment.none()
        .with("CLUSTER_TAG", Facts.CLUSTER_TAG)
        .with("LOCAL_ID", Facts.LOCAL_ID)
        .with("REGION", Facts.REGION)
        .with("API_SERVER", Kubeconfig.LOCAL)
        .with("HEALTH_CHECK_LAG", ControlPlane.HEALTH_CHECK.lag().toSeconds())
        .with("NODE_LABELS", labels());
  }

  /** The last one keeps a load balancer that a Service asks for from sending traffic here. */
  private static String labels() {
    return String.join(
        ",",
        Profiles.ROLE_LABEL + "=master",
        Profiles.POOL_LABEL + "=master",
        Profiles.PROFILE_LABEL + "=master",
        "node.kubernetes.io/exclude-from-external-load-balancers=true");
  }

  /** The API server ends last, and takes longest. */
  private static KubeletConfiguration kubelet() {
    return new KubeletConfiguration(
        List.of(Kubelet.taint(Taint.STARTUP), Kubelet.taint(CONTROL_PLANE)),
        ApiServer.GRACE.plus(FOR_THE_REST),
        ApiServer.GRACE,
        Yaml.map("staticPodPath", StaticPod.MANIFESTS));
  }
}
