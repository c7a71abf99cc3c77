package dev.fairway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real kubelet, started as a node's unit starts it, up to where it has read its flags and its
 * configuration. It goes no further: there is no container runtime for it, and the API server that
 * it looks for is not there either.
 *
 * @param log what it wrote
 */
record KubeletTrial(String log) {
  private static final Pattern FLAG = Pattern.compile("--[a-z-]+=\\S+");
  private static final String CONFIG = "/etc/kubernetes/kubelet.yaml";

  /** Starts and ends a kubelet with a node's files and flags. */
  static KubeletTrial of(NodeConfig node, Path folder) {
    var place = new Place(folder.toAbsolutePath(), Place.Ports.free());
    try {
      MasterFiles.write(place.at(CONFIG), apart(Rewriting.text(node.file(CONFIG), place), place));
      // What the unit describe-node writes.
      MasterFiles.write(
          place.at("/run/fairway/kubelet.d/10-provider-id.conf"),
          """
          apiVersion: kubelet.config.k8s.io/v1beta1
          kind: KubeletConfiguration
          providerID: aws:///eu-central-1a/i-0123456789abcdef0
          # Whatever cgroups the machine of the tests has: nodes have unified ones.
          failCgroupV1: false
          """);
      MasterFiles.write(place.at("/etc/kubernetes/pki/ca.crt"), TestPki.authority());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (var kubelet =
        EngineProcess.start("kubelet", arguments(node, place), folder.resolve("kubelet.log"))) {
      Eventually.holds(
          "kubelet has read its configuration",
          Duration.ofSeconds(30),
          () -> !kubelet.handle().isAlive() || kubelet.log().contains("\"Kubelet version\""));
      return new KubeletTrial(kubelet.log());
    }
  }

  /** The lines that tell of something wrong in flags or configuration; none is as it should be. */
  List<String> complaints() {
    return log.lines().filter(line -> Complaints.of(line)).toList();
  }

  /** That it came to the end of what a trial is for. */
  boolean hasReadAll() {
    return log.contains("\"Kubelet version\"");
  }

  /** Nothing that a kubelet could lay hands on is of the machine that the tests run on. */
  private static String apart(String configuration, Place place) {
    return configuration.replace("unix:///run/", "unix://" + place.at("/run") + "/");
  }

  private static List<String> arguments(NodeConfig node, Place place) {
    var unit = node.unit("kubelet.service");
    var flags = new ArrayList<String>();
    flags.add("--root-dir=" + place.at("/var/lib/kubelet"));
    for (var flag : flags(unit).toList()) {
      flags.add(
          Rewriting.text(flag, place)
              .replace("/run/fairway/", place.at("/run/fairway") + "/")
              .replace("${NODE_NAME}", "i-0123456789abcdef0")
              .replace("${NODE_IP}", "172.20.0.4")
              .replace("${NODE_LABELS}", node.nodeLabels()));
    }
    return flags;
  }

  private static Stream<String> flags(String unit) {
    var start = unit.substring(unit.indexOf("ExecStart="));
    return FLAG.matcher(start.substring(0, start.indexOf("\nRestart")))
        .results()
        .map(r -> r.group());
  }
}
