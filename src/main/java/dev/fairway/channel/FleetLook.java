package dev.fairway.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was seen when clusters were looked at, one after the other or many at once.
 *
 * @param files what {@code fairway health --output json} printed, by the cluster's alias; missing
 *     nodes for what is no JSON
 */
public record FleetLook(SortedMap<String, JsonNode> files) {
  public static final String CLUSTER = "cluster";
  public static final String RELEASE = "release";
  public static final String TIME = "time";
  public static final String IS_HEALTHY = "healthy";
  public static final String REASON = "reason";

  /** What a statement says of a cluster that is well. */
  static final String WELL = "healthy";

  private static final String UNREADABLE = "what was seen of it can't be read";
  private static final String SUFFIX = ".json";

  public FleetLook {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** Reads {@code <alias>.json} of each cluster; errors: no such folder. */
  public static Outcome<FleetLook> read(Path folder) {
    var files = new TreeMap<String, JsonNode>();
    try (var found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (var file : found) {
        var name = file.getFileName().toString();
        files.put(name.substring(0, name.length() - SUFFIX.length()), json(file));
      }
      return Outcome.of(new FleetLook(files));
    } catch (IOException _) {
      return Refusal.of(
              Code.UNREADABLE_FILE,
              folder + " can't be read",
              "give the folder in which each cluster has a file, <alias>.json")
          .outcome();
    }
  }

  private static JsonNode json(Path file) {
    try {
      return CanonicalJson.TREES.readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }

  /** {@code healthy}, or why nobody may say so of the cluster with the release. */
  String word(String alias, Digest release) {
    var file = files.get(alias);
    if (file == null) {
      return "nobody looked";
    }
    if (!file.path(IS_HEALTHY).isBoolean()) {
      return UNREADABLE;
    }
    return file.path(IS_HEALTHY).asBoolean() ? doubt(alias, release, file).orElse(WELL) : why(file);
  }

  /** What is well somewhere else, or with something else, is not what was asked. */
  private static Optional<String> doubt(String alias, Digest release, JsonNode file) {
    if (time(file).isEmpty()) {
      return Optional.of(UNREADABLE);
    }
    var cluster = file.path(CLUSTER).asText();
    if (!cluster.equals(alias)) {
      return Optional.of("the cluster that was looked at is '%s'".formatted(cluster));
    }
    var with = file.path(RELEASE).asText();
    return with.equals(release.hex())
        ? Optional.empty()
        : Optional.of("it was looked at with the release '%s'".formatted(with));
  }

  private static String why(JsonNode file) {
    var reason = file.path(REASON).asText();
    return reason.isBlank() || reason.equals(WELL) ? "it is not well" : reason;
  }

  /** When the first of these clusters was looked at: since then nobody knows how it is. */
  Optional<Instant> earliest(Collection<String> aliases) {
    return aliases.stream()
        .flatMap(alias -> Optional.ofNullable(files.get(alias)).stream())
        .flatMap(file -> time(file).stream())
        .min(Instant::compareTo);
  }

  private static Optional<Instant> time(JsonNode file) {
    try {
      return Optional.of(Instant.parse(file.path(TIME).asText()));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
