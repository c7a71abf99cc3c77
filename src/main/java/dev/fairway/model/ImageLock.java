package dev.fairway.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code images.lock}: what the tags of images stood for when somebody looked. It is a resource of
 * the program, so that the program is all that a release is compiled from. A line is an image, its
 * digest, and the platforms that it has, with blanks between.
 *
 * @param entries by the images' names: {@code registry.k8s.io/pause:3.10.2}
 */
public record ImageLock(SortedMap<String, Entry> entries) {
  /** Where it stands in the sources. */
  public static final String FILE = "src/main/resources/dev/fairway/model/images.lock";

  private static final String RESOURCE = "images.lock";

  private static final String HEADER =
      """
      # What the tags of images stood for: image, digest, platforms. Written by `fairway images lock`.
      """;

  /**
   * What a registry has under a tag.
   *
   * @param digest of the index, or of the manifest where there is no index
   * @param platforms such as {@code linux/amd64}, sorted
   */
  public record Entry(Digest digest, List<String> platforms) {
    public Entry {
      platforms = platforms.stream().sorted().distinct().toList();
    }
  }

  private static final class Once {
    private static final ImageLock OF_FAIRWAY = read();
  }

  public ImageLock {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** The lock that this program was built with. */
  public static ImageLock ofFairway() {
    return Once.OF_FAIRWAY;
  }

  /** The image with its digest, or as it is where the lock does not have it. */
  public Image pin(Image image) {
    return new Image(
        image.repository(),
        image.tag(),
        Optional.ofNullable(entries.get(image.name())).map(Entry::digest));
  }

  /** Reads what {@link #text} writes; throws {@link IllegalArgumentException} for anything else. */
  public static ImageLock parse(String text) {
    var entries = new TreeMap<String, Entry>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> {
          var words = line.split(" ");
          if (words.length != 3 || !words[1].startsWith("sha256:")) {
            throw new IllegalArgumentException(
                RESOURCE + ": not an image, a digest and platforms: " + line);
          }
          var digest = new Digest(words[1].substring("sha256:".length()));
          var entry = new Entry(digest, List.of(words[2].split(",")));
          if (entries.put(Image.tagged(words[0]).name(), entry) != null) {
            throw new IllegalArgumentException(RESOURCE + " has twice: " + words[0]);
          }
        });
    return new ImageLock(entries);
  }

  /** One line an image, by name. */
  public String text() {
    return entries.entrySet().stream()
        .map(entry ->
            "%s sha256:%s %s\n"
                .formatted(
                    entry.getKey(),
                    entry.getValue().digest().hex(),
                    String.join(",", entry.getValue().platforms())))
        .collect(Collectors.joining("", HEADER, ""));
  }

  private static ImageLock read() {
    try (var stream = ImageLock.class.getResourceAsStream(RESOURCE)) {
      var bytes = Objects.requireNonNull(stream, RESOURCE).readAllBytes();
      return parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
