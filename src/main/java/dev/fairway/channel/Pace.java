package dev.fairway.channel;

/** Is told before each step of an act that could be its last, so that a test can make it that. */
@FunctionalInterface
interface Pace {
  /** Goes on. */
  Pace STEADY = _ -> {};

  /** The boundaries between steps, in the order in which they come. */
  enum Step {
    FETCH,
    JUDGE,
    WRITE_TREE,
    WRITE_COMMIT,
    WRITE_EVIDENCE,
    PUSH,
    PUSHED
  }

  void before(Step step);
}
