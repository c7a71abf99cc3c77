package dev.fairway.source;

/** What somebody wrote, as much of it as a message has room for. */
final class Shown {
  /** In UTF-16 units: longer than any sound value but a list of taints. */
  private static final int LONGEST = 120;

  private Shown() {}

  static String of(Object value) {
    var text = value.toString();
    if (text.length() <= LONGEST) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }
}
