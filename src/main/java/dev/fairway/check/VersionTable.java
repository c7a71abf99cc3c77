package dev.fairway.check;

import dev.fairway.model.KubernetesVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a minor version of Kubernetes has, from tables that stand beside this class. */
record VersionTable(String minor, SortedSet<String> apis, SortedSet<String> kubeletFields) {
  VersionTable {
    apis = Collections.unmodifiableSortedSet(apis);
    kubeletFields = Collections.unmodifiableSortedSet(kubeletFields);
  }

  /** Empty when there are no tables of the version. */
  static Optional<VersionTable> of(KubernetesVersion version) {
    var minor = version.major() + "." + version.minor();
    return read("apis", minor)
        .flatMap(apis ->
            read("kubelet-fields", minor).map(fields -> new VersionTable(minor, apis, fields)));
  }

  /** Of one of Kubernetes' own programs; empty for any other. */
  Optional<SortedSet<String>> flags(String program) {
    return read(program, minor);
  }

  private static Optional<SortedSet<String>> read(String name, String minor) {
    var stream = VersionTable.class.getResourceAsStream(name + "-" + minor + ".txt");
    if (stream == null) {
      return Optional.empty();
    }
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return Optional.of(
          reader
              .lines()
              .filter(line -> !line.startsWith("#"))
              .collect(Collectors.toCollection(TreeSet::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
