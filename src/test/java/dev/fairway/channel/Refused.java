package dev.fairway.channel;

import dev.fairway.diagnostic.Diagnostic;
import java.util.Objects;

/** A refusal as a row of the page, without what is another each time. */
final class Refused {
  static final String INTRODUCTION =
      """
      # What is refused, and how it is said

      A test makes each of these happen on a real remote and writes this page. None of them moves a
      channel or adds evidence. What differs each time stands in angle brackets.
      """;

  private Refused() {}

  static String heading(String section) {
    return "\n## %s\n\n| what happens | what is said | what to do |\n|---|---|---|"
        .formatted(section);
  }

  static String row(String what, Diagnostic diagnostic, Harbour harbour) {
    return "| %s | [%s](../errors/%s.md) %s | %s |"
        .formatted(
            what,
            diagnostic.code().id(),
            diagnostic.code().id(),
            shown(place(diagnostic) + diagnostic.message(), harbour),
            shown(diagnostic.remedy(), harbour));
  }

  private static String place(Diagnostic diagnostic) {
    return diagnostic.span().map(span -> span.file() + ": ").orElse("");
  }

  private static String shown(String text, Harbour harbour) {
    return text.replace(Objects.requireNonNull(harbour.remote.getParent()).toString(), "/srv")
        .replaceAll("\\b[0-9a-f]{64}\\b", "<digest>")
        .replaceAll("/[0-9a-f]{2}/<digest>\\.", "/<di>/<digest>.")
        .replaceAll("\\b[0-9a-f]{40}\\b", "<commit>")
        .replaceAll("\\b[0-9a-f]{12}\\b", "<commit>")
        .replaceAll("SHA256:[A-Za-z0-9+/]{43}", "<fingerprint>")
        .replace("|", "\\|")
        .replace("<", "&lt;");
  }
}
