package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells each new state of stacks once. */
final class StackWatch {
  private final String step;
  private final Listener listener;
  private final Map<String, StackStatus> told = new TreeMap<>();

  StackWatch(String step, Listener listener) {
    this.step = step;
    this.listener = listener;
  }

  /** Takes these states for known, without a word. */
  void know(SortedMap<String, StackState> states) {
    states.forEach((name, state) -> told.put(name, state.status()));
  }

  /** Tells every state that is not the one last told. */
  void tell(SortedMap<String, StackState> states) {
    states.values().forEach(this::tell);
  }

  private void tell(StackState state) {
    if (told.put(state.stackName(), state.status()) != state.status()) {
      listener.told(new Event.Item(step, state.stackName(), state.status().name()));
    }
  }
}
