package dev.fairway.channel;

/** What came of a push that moves all its branches or none. */
sealed interface PushOutcome {
  /** All of them stand where they were to stand. */
  record Pushed() implements PushOutcome {}

  /** None of them moved, because somebody else moved one first. */
  record Lost() implements PushOutcome {}
}
