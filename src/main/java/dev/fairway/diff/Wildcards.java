package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a pattern of IAM surely matches all that another one does. */
final class Wildcards {
  private static final String ALL = "*";
  private static final int ARN_PARTS = 6;

  /** What CloudFormation or IAM puts in its place is known to nobody here. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private Wildcards() {}

  /** They are written in whatever case. */
  static boolean holdsAction(JsonNode wide, JsonNode narrow) {
    return wide.isTextual()
        && narrow.isTextual()
        && matches(
            wide.asText().toLowerCase(Locale.ROOT), narrow.asText().toLowerCase(Locale.ROOT));
  }

  /** Everything, or part by part where both are ARNs: a wildcard reaches no further. */
  static boolean holdsResource(JsonNode wide, JsonNode narrow) {
    if (wide.asText().equals(ALL)) {
      return !narrow.isMissingNode();
    }
    return text(wide).flatMap(one -> text(narrow).map(other -> holdsText(one, other))).orElse(false)
        && wide.isTextual() == narrow.isTextual();
  }

  private static Optional<String> text(JsonNode resource) {
    var sub = resource.path("Fn::Sub");
    var text = resource.isTextual() ? resource : sub;
    return text.isTextual() && (resource.isTextual() || resource.size() == 1)
        ? Optional.of(closed(text.asText()))
        : Optional.empty();
  }

  /** A variable may have colons in its name, which part nothing. */
  private static String closed(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(it -> "\u0001" + it.group(1).replace(':', '\u0002') + "\u0001");
  }

  private static boolean holdsText(String wide, String narrow) {
    if (!wide.startsWith("arn:") || !narrow.startsWith("arn:")) {
      return !wide.startsWith("arn:") && !narrow.startsWith("arn:") && matches(wide, narrow);
    }
    var parts = wide.split(":", ARN_PARTS);
    var others = narrow.split(":", ARN_PARTS);
    if (parts.length != ARN_PARTS || others.length != ARN_PARTS) {
      return false;
    }
    for (var index = 0; index < ARN_PARTS; index++) {
      if (!matches(parts[index], others[index])) {
        return false;
      }
    }
    return true;
  }

  /** The only wildcard is any text: one for a single letter is a letter like others here. */
  private static boolean matches(String pattern, String text) {
    var rest = text;
    var pieces = pattern.split("\\*", -1);
    if (pieces.length == 1) {
      return pattern.equals(text);
    }
    if (!rest.startsWith(pieces[0])) {
      return false;
    }
    rest = rest.substring(pieces[0].length());
    for (var index = 1; index < pieces.length - 1; index++) {
      var at = rest.indexOf(pieces[index]);
      if (at < 0) {
        return false;
      }
      rest = rest.substring(at + pieces[index].length());
    }
    return rest.endsWith(pieces[pieces.length - 1]);
  }
}
