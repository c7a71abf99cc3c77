package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;

/** What values that are written alike in two states of a template come to in each. */
record Values(Evaluation before, Evaluation after) {
  /**
   * What becomes of a resource that keeps the value for good: it is replaced where clusters that
   * set nothing come to another value, and may be where others do.
   */
  Fate fate(JsonNode was, JsonNode becomes) {
    var old = before.byDefault(was);
    var fresh = after.byDefault(becomes);
    var rewired = isRewired(before.wired(was), after.wired(becomes));
    if (Evaluation.isKnown(old) && Evaluation.isKnown(fresh) && !old.equals(fresh)) {
      return Fate.REPLACED;
    }
    return rewired || !old.equals(fresh) ? Fate.MAY_BE_REPLACED : Fate.KEPT;
  }

  /** Whether it takes other facts or settings of a cluster than before. */
  private static boolean isRewired(JsonNode was, JsonNode becomes) {
    return !was.equals(becomes)
        && (was.toString().contains("${") || becomes.toString().contains("${"));
  }
}
