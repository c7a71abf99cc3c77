package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Channel;
import dev.fairway.model.ChannelPolicies;
import dev.fairway.model.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the policies of channels, one a file, and the keys that they trust, and says everything
 * that is wrong with any of them.
 */
public final class ChannelFilesReader {
  /** The keys; every other file is a channel of its name. */
  public static final String TRUST = "trust.yaml";

  private static final String SUFFIX = ".yaml";

  private final Diagnostics.Collector found = new Diagnostics.Collector();

  private ChannelFilesReader() {}

  /** Reads the files of a folder that end in {@code .yaml}. */
  public static Outcome<ChannelPolicies> read(Path folder) {
    return reading(folder).outcome();
  }

  /** The same, for who goes on with what could be read. */
  public static ChannelReading reading(Path folder) {
    var reader = new ChannelFilesReader();
    var files =
        new RecordFiles("channel's policy", "channels' policies", Code.NO_POLICIES, reader.found)
            .in(folder);
    return reader.readAll(files);
  }

  /**
   * Reads files that are in memory, such as those of a commit. Names may have a folder before them;
   * what does not end in {@code .yaml} is passed over.
   */
  public static Outcome<ChannelPolicies> read(List<SourceFile> files) {
    return reading(files).outcome();
  }

  /** The same, for who goes on with what could be read. */
  public static ChannelReading reading(List<SourceFile> files) {
    return new ChannelFilesReader().readAll(files);
  }

  /** The channels that have a file in the folder, by name; none when it can't be read. */
  public static List<String> names(Path folder) {
    try (var paths = Files.list(folder)) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX) && !name.equals(TRUST) && !name.startsWith("."))
          .map(ChannelFilesReader::baseName)
          .sorted()
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private ChannelReading readAll(List<SourceFile> files) {
    if (!found.hasErrors()) {
      reportMissing(files);
    }
    var policies =
        files.stream()
            .filter(ChannelFilesReader::isPolicy)
            .sorted(Comparator.comparing(file -> baseName(file.name())))
            .toList();
    var names = policies.stream().map(file -> baseName(file.name())).toList();
    var channels = policies.stream().flatMap(file -> channel(file).stream()).toList();
    var trust =
        files.stream()
            .filter(file -> isTrust(file) && !names.isEmpty())
            .findFirst()
            .flatMap(file -> trust(file, names));
    var order = new ChannelOrder(channels, names, found);
    order.check();
    trust
        .map(known -> new TrustChecks(known.keys()))
        .ifPresent(checks -> channels.forEach(channel -> found.addAll(checks.check(channel))));
    var diagnostics = Capped.perFile(found.diagnostics());
    return new ChannelReading(
        diagnostics.hasErrors() ? channels : order.sorted(), trust, diagnostics);
  }

  /** What could not be read from disk is reported already, and may be what would be missed. */
  private void reportMissing(List<SourceFile> files) {
    if (files.stream().noneMatch(ChannelFilesReader::isPolicy)) {
      reportMissing(files, "no channel has a policy", "add one, such as dev.yaml");
    }
    if (files.stream().noneMatch(ChannelFilesReader::isTrust)) {
      reportMissing(files, TRUST + " is missing", "add it: it says whose keys may move channels");
    }
  }

  private void reportMissing(List<SourceFile> files, String message, String remedy) {
    found.add(
        files.stream()
            .findFirst()
            .map(
                file -> Diagnostic.at(Span.startOf(file.name()), Code.NO_POLICIES, message, remedy))
            .orElseGet(() -> Diagnostic.general(Code.NO_POLICIES, message, remedy)));
  }

  private Optional<ChannelSource> channel(SourceFile file) {
    var shape =
        Shape.<Channel>object("a channel", in -> ChannelReader.read(in, baseName(file.name())));
    return YamlParser.parse(file, found)
        .flatMap(root ->
            shape
                .read(item(file, root))
                .map(channel -> new ChannelSource(channel, new Spans(file.name(), root))));
  }

  private Optional<Trust> trust(SourceFile file, List<String> channels) {
    var shape = Shape.<Trust>object("the trust", in -> TrustReader.read(in, channels));
    return YamlParser.parse(file, found).flatMap(root -> shape.read(item(file, root)));
  }

  private Item item(SourceFile file, YamlNode root) {
    return new Item("the file", root, new Reading(file.name(), found));
  }

  private static boolean isPolicy(SourceFile file) {
    return file.name().endsWith(SUFFIX) && !isTrust(file);
  }

  private static boolean isTrust(SourceFile file) {
    return fileName(file.name()).equals(TRUST);
  }

  private static String baseName(String name) {
    var file = fileName(name);
    return file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
  }

  private static String fileName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
