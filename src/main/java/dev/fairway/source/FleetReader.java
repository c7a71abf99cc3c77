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
    return reading(folder, facts).outcome();
  }

  /** The same, for who goes on with what could be read. */
  public static FleetReading reading(Path folder, PlatformFacts facts) {
    var reader = new FleetReader(facts);
    return reader.read(
        new RecordFiles("cluster record", "cluster records", Code.NO_RECORDS, reader.found)
            .in(folder));
  }

  /** Reads files that are in memory. */
  public static Outcome<FleetSource> read(List<SourceFile> files, PlatformFacts facts) {
    return reading(files, facts).outcome();
  }

  /** The same, for who goes on with what could be read. */
  public static FleetReading reading(List<SourceFile> files, PlatformFacts facts) {
    return new FleetReader(facts).read(files);
  }

  private FleetReading read(List<SourceFile> files) {
    var records = files.parallelStream().map(file -> OneFile.read(file, facts)).toList();
    var clusters = new ArrayList<ClusterSource>();
    var broken = new ArrayList<BrokenRecord>();
    for (var record : records) {
      found.addAll(record.found());
      record.root().ifPresent(root -> UNIQUE.forEach(key -> claim(record.file(), root, key)));
      record.cluster().ifPresent(clusters::add);
      if (record.cluster().isEmpty()) {
        record.root().ifPresent(root -> broken.add(BrokenRecord.of(record.file(), root)));
      }
    }
    return new FleetReading(new FleetSource(clusters), broken, Capped.perFile(found.diagnostics()));
  }

  /** What a file says by itself, which no other file has a part in. */
  private record OneFile(
      String file, Optional<YamlNode> root, Optional<ClusterSource> cluster, Diagnostics found) {

    static OneFile read(SourceFile file, PlatformFacts facts) {
      var found = new Diagnostics.Collector();
      var reading = new Reading(file.name(), found);
      var shape = Shape.<Cluster>object("a cluster", in -> ClusterReader.read(in, facts));
      var root = YamlParser.parse(file, found);
      var cluster =
          root.flatMap(tree ->
              shape
                  .read(new Item("the file", tree, reading))
                  .map(read -> new ClusterSource(read, new Spans(file.name(), tree))));
      return new OneFile(file.name(), root, cluster, found.diagnostics());
    }
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
