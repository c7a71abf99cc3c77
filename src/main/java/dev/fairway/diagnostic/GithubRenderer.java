package dev.fairway.diagnostic;

import java.util.stream.Collectors;

/**
 * GitHub's workflow commands.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions">
 *     the commands and their escaping</a>
 */
final class GithubRenderer implements Renderer {
  @Override
  public String render(Report report) {
    return Printable.of(report).entries().stream()
        .map(entry -> command(entry.diagnostic()))
        .collect(Collectors.joining());
  }

  private static String command(Diagnostic diagnostic) {
    var title = diagnostic.code().id() + " " + diagnostic.code().title();
    return "::%s %stitle=%s::%s\n"
        .formatted(
            diagnostic.severity().word(),
            diagnostic.span().map(GithubRenderer::place).orElse(""),
            property(title),
            data(body(diagnostic)));
  }

  private static String place(Span span) {
    return "file=%s,line=%s,col=%s,".formatted(property(span.file()), span.line(), span.column());
  }

  private static String body(Diagnostic diagnostic) {
    var values =
        diagnostic.values().stream()
            .map(value -> "with " + value.name() + " " + value.value() + place(value) + "\n")
            .collect(Collectors.joining());
    return "%s\n%s%s\n%s"
        .formatted(diagnostic.message(), values, diagnostic.remedy(), diagnostic.code().page());
  }

  private static String place(Diagnostic.Involved value) {
    return value.span().map(span -> " (" + span + ")").orElse("");
  }

  /** The percent sign goes first: the others bring their own. */
  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
