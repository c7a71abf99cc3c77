package dev.fairway.channel;

import java.util.List;

/** What came of a push that moves all its branches or none. */
sealed interface PushOutcome {
  /** All of them stand where they were to stand. */
  record Pushed() implements PushOutcome {}

  /**
   * None of them moved, because somebody else moved one first.
   *
   * @param branches which
   */
  record Lost(List<String> branches) implements PushOutcome {
    public Lost {
      branches = List.copyOf(branches);
    }
  }
}
