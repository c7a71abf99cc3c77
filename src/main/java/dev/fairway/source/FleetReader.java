package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Cluster;
import dev.fairway.source.YamlNode.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the fleet's records, one a file, and says everything that is wrong with any of them. */
public final class FleetReader {
  /** What two clusters must never share: each names stacks, people's commands or DNS records. */
  private static final List<String> UNIQUE = List.of("id", "alias", "api_server_url");

  private final PlatformFacts facts;
  private final Diagnostics.Collector found = new Diagnostics.Collector();
  private final Map<String, Span> claims = new HashMap<>();

  private FleetReader(PlatformFacts facts) {
    this.facts = facts;
  }

  /** Reads the files of a folder that end in {@code .yaml}. */
  public static Outcome<FleetSource> read(Path folder, PlatformFacts facts) {
    var reader = new FleetReader(facts);
    return reader.read(FleetFiles.read(folder, reader.found));
  }

  /** Reads files that are in memory. */
  public static Outcome<FleetSource> read(List<SourceFile> files, PlatformFacts facts) {
    return new FleetReader(facts).read(files);
  }

  private Outcome<FleetSource> read(List<SourceFile> files) {
    var clusters = new ArrayList<ClusterSource>();
    files.forEach(file -> read(file).ifPresent(clusters::add));
    return Outcome.unlessErrors(
        Capped.perFile(found.diagnostics()), () -> new FleetSource(clusters));
  }

  private Optional<ClusterSource> read(SourceFile file) {
    return YamlParser.parse(file, found).flatMap(root -> read(file.name(), root));
  }

  private Optional<ClusterSource> read(String file, YamlNode root) {
    var shape = Shape.<Cluster>object("a cluster", in -> ClusterReader.read(in, facts));
    UNIQUE.forEach(key -> claim(file, root, key));
    return shape
        .read(new Item("the file", root, new Reading(file, found)))
        .map(cluster -> new ClusterSource(cluster, new Spans(file, root)));
  }

  /** Compares what is written, so that a record with other mistakes is compared too. */
  private void claim(String file, YamlNode root, String key) {
    if (root.child(key).orElse(root) instanceof Scalar scalar) {
      var span = new Span(file, scalar.line(), scalar.column());
      var first = claims.putIfAbsent(key + " " + scalar.text(), span);
      if (first != null) {
        found.add(
            Diagnostic.at(
                    span,
                    Code.DUPLICATE_CLUSTER,
                    "%s is %s, which another cluster has".formatted(key, scalar.shown()),
                    "give each cluster its own, or delete one of the two records")
                .with(key, scalar.shown(), first));
      }
    }
  }
}
