package dev.fairway.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A master's files below another root: those of its node config, and those of its secrets. */
final class MasterFiles {
  private MasterFiles() {}

  /** Writes all that the programs of a control plane read. */
  static void write(NodeConfig master, Place place) throws IOException {
    // kubelet makes it, as the pod's volume asks.
    Files.createDirectories(place.at("/var/log/kube-apiserver"));
    for (var file : master.files().entrySet()) {
      if (file.getKey().startsWith("/etc/kubernetes/")) {
        write(place.at(file.getKey()), Rewriting.text(file.getValue(), place));
      }
    }
    var secrets = TestPki.files(names(master));
    for (var line : master.file("/etc/fairway/secrets.list").lines().toList()) {
      var fields = line.split(" ", -1);
      var content = secrets.get(fields[1]);
      if (content == null) {
        throw new AssertionError("a secret that tests do not know: " + line);
      }
      write(place.at(fields[2]), content);
    }
  }

  static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** What clients call the API server: outside, within pods and here. */
  private static List<String> names(NodeConfig master) {
    var server = StaticPod.of(master, "kube-apiserver");
    return List.of(
        server.flag("service-account-issuer").substring("https://".length()),
        "kubernetes",
        "kubernetes.default",
        "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local",
        "localhost",
        "127.0.0.1",
        // The first address of the range is the Service kubernetes.
        server.flag("service-cluster-ip-range").replaceAll("0/.*", "1"));
  }
}
