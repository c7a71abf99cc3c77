package dev.fairway.platform.node;

import dev.fairway.platform.node.NodeFile.Format;
import java.time.Duration;

/** What every node's operating system is told. */
final class Host {
  private Host() {}

  static Part part() {
    return immutable()
        .and(
            Part.files(
                Resources.script("common"),
                Resources.file(
                    "/etc/systemd/timesyncd.conf.d/50-fairway.conf",
                    Format.SYSTEMD,
                    "timesyncd.conf"),
                Resources.file(
                    "/etc/systemd/journald.conf.d/50-fairway.conf",
                    Format.SYSTEMD,
                    "journald.conf")));
  }

  /** A node's system never changes: a new one comes with a new image, on a new instance. */
  private static Part immutable() {
    return Part.units(Unit.masked("update-engine.service"), Unit.masked("locksmithd.service"));
  }

  /** Of nodes that run pods. */
  static Part forPods() {
    return Part.files(
        Resources.file("/etc/modules-load.d/fairway.conf", Format.TEXT, "modules.conf"),
        Resources.file("/etc/sysctl.d/50-fairway.conf", Format.TEXT, "sysctl.conf"),
        Resources.file("/etc/systemd/network/10-pods.network", Format.SYSTEMD, "unmanaged.network"),
        Resources.file("/etc/systemd/network/10-flannel.link", Format.SYSTEMD, "flannel.link"));
  }

  /** How long a shutdown may be held up; kubelet asks for exactly this, and takes no less. */
  static Part shutdownDelay(Duration delay) {
    return Part.files(
        new NodeFile(
            "/etc/systemd/logind.conf.d/50-fairway.conf",
            0644,
            Format.SYSTEMD,
            "[Login]\nInhibitDelayMaxSec=" + delay.toSeconds() + "\n"));
  }
}
