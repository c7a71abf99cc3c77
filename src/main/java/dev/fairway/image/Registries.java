package dev.fairway.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import dev.fairway.model.Image;
import dev.fairway.model.ImageLock;
import dev.fairway.model.ImageLock.Entry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks up what tags stand for, by the API of the OCI distribution specification.
 *
 * @param mirrors the address to ask in the place of a registry, by its host
 * @param required the platforms that every image must have, such as {@code linux/amd64}
 */
public record Registries(Map<String, URI> mirrors, SortedSet<String> required) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Registries count requests, and few of them have many of our images. */
  private static final int AT_ONCE = 8;

  public Registries {
    mirrors = Map.copyOf(mirrors);
    required = new TreeSet<>(required);
  }

  /** The lock of all these images, or everything that keeps it from being one. */
  public Outcome<ImageLock> lock(Collection<Image> images) {
    var found = new TreeMap<String, Entry>();
    var diagnostics = new Diagnostics.Collector();
    try (var http = new OciClient();
        var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var asked = new TreeMap<String, Future<Entry>>();
      for (var image : images) {
        Callable<Entry> look = () -> look(http, image);
        asked.computeIfAbsent(image.name(), _ -> threads.submit(look));
      }
      asked.forEach((name, answer) -> {
        try {
          found.put(name, answer.get());
        } catch (ExecutionException e) {
          diagnostics.add(diagnostic(name, e.getCause()));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      });
    }
    return Outcome.unlessErrors(diagnostics.diagnostics(), () -> new ImageLock(found));
  }

  private Entry look(OciClient http, Image image) throws IOException, InterruptedException {
    var repository = Repository.of(image.repository(), mirrors);
    var manifest = http.manifest(repository, image.tag());
    var platforms = platforms(http, repository, tree(manifest));
    var missing = required.stream().filter(platform -> !platforms.contains(platform)).toList();
    if (!missing.isEmpty()) {
      throw new RegistryException(
          Code.IMAGE_WITHOUT_PLATFORM,
          "it has no %s, only %s"
              .formatted(String.join(", ", missing), String.join(", ", platforms)),
          "take a tag that is built for the machines of all pools");
    }
    return new Entry(Digest.of(manifest), platforms);
  }

  /** An index names them; a lone manifest's config does. */
  private static List<String> platforms(OciClient http, Repository repository, JsonNode manifest)
      throws IOException, InterruptedException {
    var platforms = new ArrayList<String>();
    for (var entry : manifest.path("manifests")) {
      platform(entry.path("platform")).ifPresent(platforms::add);
    }
    var config = manifest.path("config").path("digest").asText();
    if (!config.isEmpty()) {
      platform(tree(http.blob(repository, config))).ifPresent(platforms::add);
    }
    return platforms.stream().sorted().distinct().toList();
  }

  /** Attestations stand in indexes too, as images of no platform. */
  private static Optional<String> platform(JsonNode json) {
    var os = json.path("os").asText();
    var architecture = json.path("architecture").asText();
    return os.isEmpty() || os.equals("unknown") || architecture.isEmpty()
        ? Optional.empty()
        : Optional.of(os + "/" + architecture);
  }

  private static JsonNode tree(byte[] bytes) throws IOException {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new RegistryException(
          Code.STRANGE_REGISTRY,
          "a manifest is not JSON: " + e.getOriginalMessage(),
          "see whether a proxy answers in the registry's place");
    }
  }

  private static Diagnostic diagnostic(String image, Throwable cause) {
    return switch (cause) {
      case RegistryException told ->
          Diagnostic.general(told.code(), image + ": " + told.getMessage(), told.remedy());
      case IOException io ->
          Diagnostic.general(
              Code.REGISTRY_UNREACHABLE,
              "%s: its registry can't be reached: %s"
                  .formatted(
                      image, Optional.ofNullable(io.getMessage()).orElse(io.getClass().getName())),
              "see whether this machine reaches it, or name a mirror by --mirror HOST=URL");
      default -> throw new IllegalStateException(cause);
    };
  }
}
