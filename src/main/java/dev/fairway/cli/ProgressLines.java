package dev.fairway.cli;

import dev.fairway.deploy.run.Event;
import dev.fairway.diagnostic.Printable;
import java.io.PrintWriter;

/** Tells a deploy line by line, for logs: {@code <step>: <name> <state>}. */
final class ProgressLines implements FollowedRun {
  private final PrintWriter out;

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void told(Event event) {
    synchronized (out) {
      out.println(Printable.line(line(event)));
      out.flush();
    }
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
