package dev.fairway.e2e.report;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A piece of a page. Text enters by {@link #text} and attributes' values by {@link #element}, which
 * escape, so that what a log says stays text.
 */
record Html(String markup) {
  static final Html NOTHING = new Html("");

  static Html text(Object text) {
    return new Html(escaped(text.toString()));
  }

  static Html element(String name, Html... children) {
    return element(name, Map.of(), children);
  }

  /**
   * @param name with a class behind a dot: {@code td.number}
   */
  static Html element(String name, Map<String, String> attributes, Html... children) {
    var dot = name.indexOf('.');
    var tag = dot < 0 ? name : name.substring(0, dot);
    var opened = new StringBuilder("<" + tag);
    if (dot >= 0) {
      opened.append(attribute("class", name.substring(dot + 1).replace('.', ' ')));
    }
    attributes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> opened.append(attribute(entry.getKey(), entry.getValue())));
    return new Html(opened + ">" + all(Arrays.asList(children)).markup + "</" + tag + ">");
  }

  static Html all(List<Html> parts) {
    return new Html(parts.stream().map(Html::markup).collect(joining()));
  }

  /** One on each line, so that a difference between two pages can be read. */
  static Html lines(Stream<Html> parts) {
    return new Html(parts.map(part -> "\n" + part.markup).collect(joining()));
  }

  private static String attribute(String name, String value) {
    return " " + name + "=\"" + escaped(value) + "\"";
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> {
              // Logs colour their lines by control characters, which no page may hold.
              if (c >= ' ' || c == '\n' || c == '\t') {
                escaped.appendCodePoint(c);
              }
            }
          }
        });
    return escaped.toString();
  }
}
