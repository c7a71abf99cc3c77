package dev.fairway.platform.node;

import dev.fairway.platform.node.NodeConfig.Link;
import dev.fairway.platform.node.NodeFile.Format;
import dev.fairway.platform.node.Unit.DropIn;
import java.util.List;
import java.util.Optional;

/** The container runtime of nodes with pods: Flatcar's own, with a configuration of ours. */
final class Containerd {
  private static final String CONFIG = "/etc/containerd/fairway.toml";

  /** Version 3 is that of containerd 2; Flatcar's own file is of version 2, and longer. */
  private static final String COMMON =
      """
      version = 3

      [plugins."io.containerd.cri.v1.images".pinned_images]
      sandbox = "%s"

      [plugins."io.containerd.cri.v1.images".registry]
      config_path = "/etc/containerd/certs.d"

      [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"

      [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
      SystemdCgroup = true
      """
          .formatted(NodeImages.PAUSE);

  /** By default, so that a pod that asks for a GPU needs no runtime class beside. */
  private static final String NVIDIA =
      """

      [plugins."io.containerd.cri.v1.runtime".containerd]
      default_runtime_name = "nvidia"

      [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.nvidia]
      runtime_type = "io.containerd.runc.v2"

      [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.nvidia.options]
      BinaryName = "/usr/bin/nvidia-container-runtime"
      SystemdCgroup = true
      """;

  private Containerd() {}

  static Part part() {
    return part(COMMON);
  }

  static Part withNvidia() {
    return part(COMMON + NVIDIA);
  }

  private static Part part(String config) {
    return Part.files(new NodeFile(CONFIG, 0644, Format.TEXT, config))
        // Docker would only add its own rules to the node's iptables.
        .and(Part.links(new Link("/etc/extensions/docker-flatcar.raw", "/dev/null")))
        .and(Part.units(new Unit("containerd.service", false, false, Optional.empty(), dropIns())));
  }

  /** By its name after the NVIDIA extension's drop-in, which names a configuration too. */
  private static List<DropIn> dropIns() {
    return List.of(
        new DropIn(
            "50-fairway.conf",
            """
            [Service]
            ExecStart=
            ExecStart=/usr/bin/containerd --config %s
            """
                .formatted(CONFIG)));
  }
}
