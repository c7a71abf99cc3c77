package dev.fairway.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The configuration and the arguments of Prometheus as a linked cluster has them. Where files and
 * credentials stand, and the addresses of what listens elsewhere here, are all that is rewritten.
 *
 * @param folder stands for the pod's file system
 * @param addresses of the one target of a job, by the job, where a cluster has another
 */
record PrometheusHere(Path folder, SortedMap<String, String> addresses) {
  static final String CONFIG = "/etc/prometheus/";
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";
  private static final String DATA = "/prometheus/data";
  private static final String KUBECONFIG = "kubeconfig";

  /** The files of the ConfigMap, by their names, as they are. */
  static Map<String, String> files() {
    return new TreeMap<>(emitted("ConfigMap", "prometheus", ConfigMap.class).getData());
  }

  /** Writes the files, and what the service account's token opens. */
  void write(Place place, String token) {
    try {
      for (var file : files().entrySet()) {
        MasterFiles.write(at(CONFIG + file.getKey()), rewritten(file.getValue()));
      }
      MasterFiles.write(at(ACCOUNT + "token"), token);
      MasterFiles.write(at(ACCOUNT + "ca.crt"), TestPki.authority());
      MasterFiles.write(folder.resolve(KUBECONFIG), kubeconfig(place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The container's arguments. */
  List<String> arguments(int port) {
    return emitted("StatefulSet", "prometheus-a", StatefulSet.class)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getArgs()
        .stream()
        .map(argument -> argument.replace(CONFIG, at(CONFIG) + "/"))
        .map(argument -> argument.replace(DATA, at(DATA).toString()))
        .map(argument -> argument.replace("=:9090", "=127.0.0.1:" + port))
        .toList();
  }

  Path at(String path) {
    return folder.resolve(path.substring(1));
  }

  private String rewritten(String text) {
    var rewritten =
        text.replace(CONFIG, at(CONFIG) + "/")
            .replace(ACCOUNT, at(ACCOUNT) + "/")
            // In a pod it finds the API server by its environment.
            .replace(
                "      - role: ",
                "      - kubeconfig_file: %s\n        role: "
                    .formatted(folder.resolve(KUBECONFIG)));
    for (var address : addresses.entrySet()) {
      rewritten = readdressed(rewritten, address.getKey(), address.getValue());
    }
    return rewritten;
  }

  private static String readdressed(String text, String job, String address) {
    var start = text.indexOf("  - job_name: " + job + "\n");
    if (start < 0) {
      return text;
    }
    var relabelling = "    relabel_configs:\n";
    var end = text.indexOf(relabelling, start) + relabelling.length();
    return text.substring(0, end)
        + "      - {target_label: __address__, replacement: \"%s\"}\n".formatted(address)
        + text.substring(end);
  }

  private String kubeconfig(Place place) {
    return """
    apiVersion: v1
    kind: Config
    current-context: test
    contexts:
    - name: test
      context: {cluster: test, user: test}
    clusters:
    - name: test
      cluster: {server: "%s", certificate-authority: "%sca.crt"}
    users:
    - name: test
      user: {tokenFile: "%stoken"}
    """
        .formatted(place.server(), at(ACCOUNT) + "/", at(ACCOUNT) + "/");
  }

  private static <T> T emitted(String kind, String name, Class<T> type) {
    return Manifests.of(Assemblies.of("e2e")).stream()
        .filter(object -> object.getKind().equals(kind))
        .filter(object -> object.getMetadata().getName().equals(name))
        .map((GenericKubernetesResource object) ->
            Serialization.unmarshal(Serialization.asJson(object), type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }
}
