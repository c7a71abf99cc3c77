package dev.fairway.diff.report;

import dev.fairway.diagnostic.Printable;
import java.util.regex.Pattern;

/** Texts of others in Markdown, on one line, where they must neither be markup nor end it. */
public final class Markdown {
  private static final Pattern RUN = Pattern.compile("`+");

  private Markdown() {}

  /** As code. */
  static String code(String words) {
    var line = line(words);
    if (!line.contains("`")) {
      return "`" + line + "`";
    }
    var fence = longer("`", line);
    return fence + " " + line + " " + fence;
  }

  /** Neither markup nor a mention of anybody. */
  public static String plain(String words) {
    return line(words).replaceAll("([\\\\`*_{}\\[\\]<>#|~])", "\\\\$1").replace("@", "@\u200b");
  }

  /** What stands between others, and so does no more than they do. */
  static String line(String words) {
    return Printable.text(words.replace('\n', ' '));
  }

  /** At least the fence, and longer than any within, which would end it and speak for us. */
  static String longer(String fence, String text) {
    var longest = RUN.matcher(text).results().mapToInt(run -> run.group().length()).max();
    return "`".repeat(Math.max(fence.length(), longest.orElse(0) + 1));
  }
}
