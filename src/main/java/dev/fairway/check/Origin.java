package dev.fairway.check;

import dev.fairway.diagnostic.SourceLines;
import dev.fairway.diagnostic.Span;
import dev.fairway.platform.Platform;
import dev.fairway.platform.Platform.Part;
import dev.fairway.platform.cloud.NodeRoles;
import dev.fairway.platform.cloud.Template;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where something was declared: the model keeps no lines, so they are looked up in the source by
 * the words that must stand there, and only once something is wrong.
 *
 * @param files that may hold it, the likeliest first
 * @param words that it is known by, the most telling first
 */
public record Origin(List<String> files, List<String> words) {
  private static final String NODE = "src/main/java/dev/fairway/platform/node/";
  private static final String NODE_RESOURCES = "src/main/resources/dev/fairway/platform/node/";

  public Origin {
    files = List.copyOf(files);
    words = List.copyOf(words);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("whatever is declared is declared in a file");
    }
  }

  public static Origin of(Class<?> type, String... words) {
    return new Origin(List.of(Platform.source(type)), List.of(words));
  }

  public static Origin of(Part part, String... words) {
    return new Origin(List.of(part.source()), List.of(words));
  }

  public static Origin of(Template template, String... words) {
    return of(template.getClass(), words);
  }

  /** What a role may do: declared with its component, or with the nodes. */
  static Origin ofRole(Platform platform, String role, String... words) {
    var files =
        platform.parts().stream()
            .filter(part -> part.role().filter(it -> it.name().equals(role)).isPresent())
            .map(Part::source);
    return new Origin(
        Stream.concat(files, Stream.of(Platform.source(NodeRoles.class))).toList(), List.of(words));
  }

  /** {@code master}, {@code etcd} and {@code worker-<profile>} have a class each. */
  static Origin ofNode(String config, String... words) {
    var file =
        config.equals("master")
            ? "Master.java"
            : config.equals("etcd") ? "EtcdMember.java" : "Worker.java";
    return new Origin(List.of(NODE + file), List.of(words));
  }

  /** A script, unit or file that stands beside the node configs. */
  static Origin ofNodeResource(String path, String... words) {
    return new Origin(List.of(NODE_RESOURCES + path), List.of(words));
  }

  /** The same, looked for in these classes of the node configs first. */
  Origin first(String... nodeClasses) {
    var more = Stream.of(nodeClasses).map(name -> NODE + name + ".java");
    return new Origin(Stream.concat(more, files.stream()).toList(), words);
  }

  /** The first line of the likeliest file where no word is found, or no source is at hand. */
  Span span(SourceLines sources) {
    return words.stream()
        .flatMap(word -> files.stream().flatMap(file -> find(file, word, sources).stream()))
        .findFirst()
        .orElseGet(() -> Span.startOf(files.getFirst()));
  }

  /** As a whole string literal where there is one, or else as a word. */
  private static Optional<Span> find(String file, String word, SourceLines sources) {
    return sources
        .text(file)
        .flatMap(text ->
            Stream.of('"' + Pattern.quote(word) + '"', whole(word))
                .flatMap(pattern -> first(file, text, pattern).stream())
                .findFirst());
  }

  private static String whole(String word) {
    return "(?<![A-Za-z0-9_])" + Pattern.quote(word) + "(?![A-Za-z0-9_])";
  }

  private static Optional<Span> first(String file, String text, String pattern) {
    return declarations(Pattern.compile(pattern).matcher(text), text)
        .mapToObj(start -> span(file, text, start))
        .findFirst();
  }

  /** Comments and imports say the same words and declare nothing. */
  private static IntStream declarations(Matcher matcher, String text) {
    return matcher
        .results()
        .mapToInt(match -> match.start())
        .filter(start -> {
          var line = text.substring(text.lastIndexOf('\n', start) + 1, start).strip();
          return !line.startsWith("*") && !line.startsWith("/") && !line.startsWith("import ");
        });
  }

  private static Span span(String file, String text, int start) {
    var before = text.substring(0, start);
    var line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    var column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1;
    return new Span(file, line, column);
  }
}
