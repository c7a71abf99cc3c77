package dev.fairway.diff;

import java.util.ArrayList;
import java.util.List;

/**
 * Two texts line by line.
 *
 * @param lines of both, in order; those that stay alike among them
 */
public record LineDiff(List<Line> lines) {
  /** Beyond it the lines between the first and the last difference count as all changed. */
  private static final long MOST_CELLS = 4_000_000;

  /** A line of either text, or of both. */
  public record Line(Kind kind, String text) {}

  /** Whose a line is. */
  public enum Kind {
    SAME,
    REMOVED,
    ADDED
  }

  public LineDiff {
    lines = List.copyOf(lines);
  }

  public static LineDiff between(String was, String becomes) {
    return between(was.lines().toList(), becomes.lines().toList());
  }

  static LineDiff between(List<String> left, List<String> right) {
    var start = 0;
    var shorter = Math.min(left.size(), right.size());
    while (start < shorter && left.get(start).equals(right.get(start))) {
      start++;
    }
    var end = 0;
    while (end < shorter - start
        && left.get(left.size() - 1 - end).equals(right.get(right.size() - 1 - end))) {
      end++;
    }
    var found = new ArrayList<Line>();
    add(found, Kind.SAME, left.subList(0, start));
    middle(found, left.subList(start, left.size() - end), right.subList(start, right.size() - end));
    add(found, Kind.SAME, left.subList(left.size() - end, left.size()));
    return new LineDiff(found);
  }

  public long added() {
    return count(Kind.ADDED);
  }

  public long removed() {
    return count(Kind.REMOVED);
  }

  private long count(Kind kind) {
    return lines.stream().filter(line -> line.kind() == kind).count();
  }

  private static void add(List<Line> found, Kind kind, List<String> texts) {
    texts.forEach(text -> found.add(new Line(kind, text)));
  }

  private static void middle(List<Line> found, List<String> left, List<String> right) {
    if ((long) left.size() * right.size() > MOST_CELLS) {
      add(found, Kind.REMOVED, left);
      add(found, Kind.ADDED, right);
      return;
    }
    var common = common(left, right);
    var i = 0;
    var j = 0;
    while (i < left.size() && j < right.size()) {
      if (left.get(i).equals(right.get(j))) {
        found.add(new Line(Kind.SAME, left.get(i++)));
        j++;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        found.add(new Line(Kind.REMOVED, left.get(i++)));
      } else {
        found.add(new Line(Kind.ADDED, right.get(j++)));
      }
    }
    add(found, Kind.REMOVED, left.subList(i, left.size()));
    add(found, Kind.ADDED, right.subList(j, right.size()));
  }

  /** How long the longest common sequence of the lines from there on is. */
  private static int[][] common(List<String> left, List<String> right) {
    var common = new int[left.size() + 1][right.size() + 1];
    for (var i = left.size() - 1; i >= 0; i--) {
      for (var j = right.size() - 1; j >= 0; j--) {
        common[i][j] =
            left.get(i).equals(right.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
