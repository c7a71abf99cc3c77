package dev.fairway.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody had in mind. */
public final class DidYouMean {
  /** One slip in three letters still looks like the word; more is another word. */
  private static final int LETTERS_PER_SLIP = 3;

  private DidYouMean() {}

  /** The nearest of the allowed words, or empty when none is near; the first of equally near. */
  public static Optional<String> nearest(String given, Collection<String> allowed) {
    var word = plain(given);
    return allowed.stream()
        .filter(candidate -> slips(word, plain(candidate)) <= allowance(word, candidate))
        .min(
            Comparator.comparingInt((String candidate) -> slips(word, plain(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** "did you mean x?", or the words to choose from when none is near. */
  public static String remedy(String given, Collection<String> allowed) {
    return nearest(given, allowed)
        .map(word -> "did you mean " + word + "?")
        .orElseGet(() ->
            allowed.isEmpty()
                ? "leave it out: there is none to choose from"
                : "write one of " + String.join(", ", allowed));
  }

  private static int allowance(String given, String candidate) {
    return Math.max(1, Math.max(given.length(), candidate.length()) / LETTERS_PER_SLIP);
  }

  /**
   * An abbreviation such as "prod" is one slip, however long the word goes on. What is far longer
   * than the word is not compared with it: no allowance is that large.
   */
  private static int slips(String given, String candidate) {
    if (given.length() > 2 * candidate.length() + 2) {
      return given.length();
    }
    return given.length() >= LETTERS_PER_SLIP && candidate.startsWith(given)
        ? Math.min(1, candidate.length() - given.length())
        : distance(given, candidate);
  }

  /** Case and separators are the commonest slips and say nothing: maxSize is max_size. */
  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  /**
   * Damerau and Levenshtein's distance in its "optimal string alignment" form: letters inserted,
   * deleted, replaced, or two neighbours swapped.
   */
  static int distance(String a, String b) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (var i = 0; i <= a.length(); i++) {
      for (var j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(rows, a, b, i, j);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int cheapest(int[][] rows, String a, String b, int i, int j) {
    var replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    var best = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
    var swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, 1 + rows[i - 2][j - 2]) : best;
  }
}
