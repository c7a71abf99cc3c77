package dev.fairway.diff.report;

import dev.fairway.diagnostic.Printable;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A piece of the page. Text enters by {@link #text} only, which escapes, so that what a manifest
 * says stays text.
 */
record Html(String markup) {
  static final Html NOTHING = new Html("");

  static Html text(Object text) {
    return new Html(escaped(text.toString()));
  }

  /**
   * @param name with classes behind dots: {@code td.was.long}
   */
  static Html element(String name, Html... children) {
    var words = name.split("\\.");
    var classes = String.join(" ", Arrays.asList(words).subList(1, words.length));
    var attribute = classes.isEmpty() ? "" : " class=\"" + escaped(classes) + "\"";
    return new Html(
        "<%s%s>%s</%s>"
            .formatted(words[0], attribute, all(Arrays.asList(children)).markup, words[0]));
  }

  static Html element(String name, String text) {
    return element(name, text(text));
  }

  /** A part that the reader opens. */
  static Html details(boolean isOpen, Html summary, Html... content) {
    return new Html(
        "<details%s><summary>%s</summary>%s</details>"
            .formatted(isOpen ? " open" : "", summary.markup, all(Arrays.asList(content)).markup));
  }

  /** A part of a bar. */
  static Html share(String kind, long share, String title) {
    return share == 0
        ? NOTHING
        : new Html(
            "<i class=\"%s\" style=\"flex-grow:%d\" title=\"%s\"></i>"
                .formatted(escaped(kind), share, escaped(title)));
  }

  /** One on each line, so that a difference between two pages can be read. */
  static Html all(Collection<Html> parts) {
    return new Html(parts.stream().map(Html::markup).collect(Collectors.joining("\n")));
  }

  static String escaped(String text) {
    var escaped = new StringBuilder();
    // No page may hold control characters.
    Printable.lines(text)
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> escaped.appendCodePoint(c);
          }
        });
    return escaped.toString();
  }
}
