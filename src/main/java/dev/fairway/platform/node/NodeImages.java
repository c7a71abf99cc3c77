package dev.fairway.platform.node;

import dev.fairway.model.Image;
import dev.fairway.platform.cloud.Versions;
import java.util.List;

/** The images that nodes run without Kubernetes' asking. */
final class NodeImages {
  /** Kubernetes 1.36 is released against etcd 3.6; this is its newest patch. */
  static final Image ETCD = Image.of("gcr.io/etcd-development/etcd:v3.6.14");

  /** What holds a pod's namespaces. The one that Kubernetes 1.36 is released with. */
  static final Image PAUSE = Image.of("registry.k8s.io/pause:3.10.2");

  static final Image API_SERVER = kubernetes("kube-apiserver");
  static final Image CONTROLLER_MANAGER = kubernetes("kube-controller-manager");
  static final Image SCHEDULER = kubernetes("kube-scheduler");

  private NodeImages() {}

  static List<Image> all() {
    return List.of(API_SERVER, CONTROLLER_MANAGER, SCHEDULER, PAUSE, ETCD);
  }

  private static Image kubernetes(String program) {
    return Image.of("registry.k8s.io/" + program + ":v" + Versions.KUBERNETES);
  }
}
