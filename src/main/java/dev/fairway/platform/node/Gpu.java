package dev.fairway.platform.node;

import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.platform.node.NodeFile.Format;

/**
 * What a node with NVIDIA GPUs needs beside containerd: the kernel's driver, which comes with
 * Flatcar's release and is fetched and verified by Flatcar itself, and NVIDIA's container runtime.
 */
final class Gpu {
  static final Extension RUNTIME = Extension.of("nvidia-runtime", "v1.18.1");

  /** Open ones drive every GPU since Turing, among them those of g4dn, g5, g6, p4 and p5. */
  static final Symbol DRIVER =
      Symbol.setting(
          "nvidia_driver",
          new Text("nvidia-drivers-[0-9]{3}(-open)?", "the name of a driver extension of Flatcar"),
          "nvidia-drivers-570-open",
          "The driver series of GPU nodes, one of those that come with the cluster's Flatcar"
              + " image");

  private Gpu() {}

  static Part part() {
    return Containerd.withNvidia()
        .and(
            RUNTIME.part(),
            Part.files(
                new NodeFile(
                    "/etc/flatcar/enabled-sysext.conf", 0644, Format.TEXT, DRIVER.token() + "\n")));
  }
}
