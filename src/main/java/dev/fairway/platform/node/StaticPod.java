package dev.fairway.platform.node;

import static dev.fairway.platform.node.Yaml.map;

import dev.fairway.model.Image;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A pod of the control plane, which kubelet runs from a file before there is an API server to ask.
 * It runs as root, because the keys that it reads are root's; with no capability that it does not
 * need, and with those files of the node that it names, each by itself.
 *
 * @param files that the program reads beside those that its flags name
 * @param folder of the node that the program writes to, if any
 * @param port of its HTTPS server, which answers the probes
 * @param capabilities what the program is left with
 * @param grace how long it may take to end
 */
record StaticPod(
    String name,
    Image image,
    Flags flags,
    List<String> files,
    List<String> folder,
    int port,
    Probes probes,
    List<String> capabilities,
    Requests requests,
    Duration grace) {
  static final String MANIFESTS = "/etc/kubernetes/manifests";

  /** What a flag's value is where it is the node's address, which kubelet fills in. */
  static final String HOST_IP = "$(HOST_IP)";

  /** The paths that say whether the program lives, and whether it may be asked. */
  record Probes(String liveness, String readiness) {}

  /**
   * No limits: a control plane that is throttled or killed for its appetite takes the cluster with
   * it, and on a master nothing else is worth more.
   */
  record Requests(String cpu, String memory) {}

  StaticPod {
    files = List.copyOf(files);
    folder = List.copyOf(folder);
    capabilities = List.copyOf(capabilities);
  }

  NodeFile manifest() {
    var path = MANIFESTS + "/" + name + ".yaml";
    return Yaml.file(
        path, 0644, map("apiVersion", "v1", "kind", "Pod", "metadata", metadata(), "spec", spec()));
  }

  private Map<String, Object> metadata() {
    return map(
        "name",
        name,
        "namespace",
        "kube-system",
        "labels",
        map("app.kubernetes.io/name", name, "tier", "control-plane"));
  }

  private Map<String, Object> spec() {
    return map(
        "hostNetwork", true,
        "priorityClassName", "system-node-critical",
        "terminationGracePeriodSeconds", grace.toSeconds(),
        "securityContext", map("seccompProfile", map("type", "RuntimeDefault")),
        "containers", List.of(container()),
        "volumes", volumes());
  }

  private Map<String, Object> container() {
    return map(
        "name", name,
        "image", image.toString(),
        "command", Stream.concat(Stream.of(name), flags.arguments().stream()).toList(),
        "env", environment(),
        "ports", List.of(map("name", "https", "containerPort", port)),
        "resources", map("requests", map("cpu", requests.cpu(), "memory", requests.memory())),
        "securityContext", security(),
        // The first start pulls nothing but may have to wait for etcd.
        "startupProbe", probe(probes.liveness(), 24),
        "livenessProbe", probe(probes.liveness(), 8),
        "readinessProbe", probe(probes.readiness(), 3),
        "volumeMounts", mounts());
  }

  private List<Map<String, Object>> environment() {
    return flags.values().containsValue(HOST_IP)
        ? List.of(
            map("name", "HOST_IP", "valueFrom", map("fieldRef", map("fieldPath", "status.podIP"))))
        : List.of();
  }

  private Map<String, Object> security() {
    var capabilitySets = new LinkedHashMap<String, Object>();
    capabilitySets.put("drop", List.of("ALL"));
    if (!capabilities.isEmpty()) {
      capabilitySets.put("add", capabilities);
    }
    return map(
        "allowPrivilegeEscalation", false,
        "readOnlyRootFilesystem", true,
        "capabilities", capabilitySets);
  }

  private Map<String, Object> probe(String path, int failureThreshold) {
    return map(
        "httpGet",
        map("scheme", "HTTPS", "host", "127.0.0.1", "port", port, "path", path),
        "periodSeconds",
        10,
        "timeoutSeconds",
        15,
        "failureThreshold",
        failureThreshold);
  }

  /** The files that flags and configuration name, each once. */
  List<String> allFiles() {
    return Stream.concat(
            flags.values().values().stream().filter(value -> value.startsWith("/etc/kubernetes/")),
            files.stream())
        .distinct()
        .sorted()
        .toList();
  }

  private List<Map<String, Object>> mounts() {
    var mounts = new ArrayList<Map<String, Object>>();
    for (var file : allFiles()) {
      mounts.add(map("name", volume(file), "mountPath", file, "readOnly", true));
    }
    for (var path : folder) {
      mounts.add(map("name", volume(path), "mountPath", path));
    }
    return mounts;
  }

  List<Map<String, Object>> volumes() {
    var volumes = new ArrayList<Map<String, Object>>();
    for (var file : allFiles()) {
      volumes.add(map("name", volume(file), "hostPath", map("path", file, "type", "File")));
    }
    for (var path : folder) {
      volumes.add(
          map("name", volume(path), "hostPath", map("path", path, "type", "DirectoryOrCreate")));
    }
    return volumes;
  }

  /** Files of one folder have different names, and those of two folders here too. */
  private static String volume(String path) {
    return Path.of(path).getFileName().toString().replace('.', '-');
  }
}
