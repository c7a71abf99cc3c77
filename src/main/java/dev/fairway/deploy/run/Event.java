package dev.fairway.deploy.run;

/** What is told of a deploy while it runs. */
public sealed interface Event {

  /** A step of the whole, such as {@code manifests}. */
  record StepStarted(String step) implements Event {}

  /**
   * A step came to its end.
   *
   * @param summary what it came to, such as {@code 3 of 71 objects changed}
   */
  record StepEnded(String step, boolean succeeded, String summary) implements Event {}

  /**
   * Something in a step has a new state.
   *
   * @param name of a stack, an object or a pool
   * @param state such as {@code UPDATE_IN_PROGRESS} or {@code applied}
   */
  record Item(String step, String name, String state) implements Event {}
}
