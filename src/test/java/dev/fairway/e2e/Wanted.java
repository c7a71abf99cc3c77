package dev.fairway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One cluster as its record wants it at a time.
 *
 * @param name of the state, for files and messages
 * @param records the folder with the record
 */
record Wanted(String name, Path records) {
  private static final Path EXAMPLE = Path.of("clusters/e2e.yaml");
  private static final Path FOLDER = Path.of("target/e2e/wanted").toAbsolutePath();

  /**
   * What is no trial for a deploy that is killed or repeated: each has objects of kinds that others
   * have too, and each deploy asks of every object whether it is as wanted.
   */
  static final List<String> OFF =
      List.of(
          "access_roles",
          "container_resources",
          "cpu_limits",
          "default_limits",
          "ebs_csi_driver",
          "external_dns",
          "ingress_controller",
          "job_ttl",
          "kube2iam",
          "kube_job_cleaner",
          "kube_metrics_adapter",
          "kube_network_policies",
          "kube_ops_view",
          "kube_state_metrics",
          "node_exporter",
          "node_problem_detector",
          "nvidia_device_plugin",
          "pod_quotas",
          "prometheus",
          "restricted_defaults",
          "skipper",
          "stackset_controller",
          "vertical_pod_autoscaler",
          "volume_kinds");

  /** The example, of which nodes and their pods live, and no more. */
  static Wanted before() {
    return write("before", read());
  }

  /**
   * The same with a change of each kind: a component less, so objects and a role go; another memory
   * limit in a manifest; another parameter of a stack; another node config; a pool more.
   */
  static Wanted after() {
    var settings =
        """
          cluster_autoscaler_enabled: "false"
          metrics_server_memory: "600Mi"
          flow_log_days: "14"
        """;
    var pool =
        """
          - name: more
            profile: highmem
            discount_strategy: none
            min_size: 0
            max_size: 3
            config_items: {}
        """;
    var record = read();
    record = replaced(record, "\nconfig_items:\n", "\nconfig_items:\n" + settings);
    record =
        replaced(
            record,
            "max_size: 3\n    config_items: {}\n",
            "max_size: 3\n    config_items: {node_labels: team=e2e}\n");
    return write("after", record + pool);
  }

  private static String replaced(String text, String anchor, String replacement) {
    var changed = text.replace(anchor, replacement);
    if (changed.equals(text)) {
      throw new AssertionError(EXAMPLE + " has no " + anchor);
    }
    return changed;
  }

  private static String read() {
    var off =
        OFF.stream()
            .map("  %s_enabled: \"false\"\n"::formatted)
            .collect(Collectors.joining("", "\nconfig_items:\n", ""));
    try {
      return replaced(Files.readString(EXAMPLE), "\nconfig_items:\n", off);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Wanted write(String name, String record) {
    var records = FOLDER.resolve(name).resolve("clusters");
    try {
      Files.createDirectories(records);
      Files.writeString(records.resolve("e2e.yaml"), record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Wanted(name, records);
  }
}
