package dev.fairway.cli;

import dev.fairway.deploy.run.Event;
import dev.fairway.diagnostic.Printable;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** Tells a deploy line by line, for logs: {@code <step>: <name> <state>}. */
final class ProgressLines implements FollowedRun {
  private final PrintWriter out;

  /** What was said last of each thing: a log is read, so nothing stands in it twice in a row. */
  private final Map<String, String> said = new HashMap<>();

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void told(Event event) {
    synchronized (out) {
      if (isNews(event)) {
        out.println(Printable.line(line(event)));
        out.flush();
      }
    }
  }

  private boolean isNews(Event event) {
    return !(event instanceof Event.Item item)
        || !item.state().equals(said.put(item.step() + " " + item.name(), item.state()));
  }

  private static String line(Event event) {
    return switch (event) {
      case Event.StepStarted started -> started.step() + ": started";
      case Event.StepEnded ended -> ended.step() + ": ended, " + ended.summary();
      case Event.Item item -> item.step() + ": " + item.name() + " " + item.state();
    };
  }

  @Override
  public void close() {
    out.flush();
  }
}
