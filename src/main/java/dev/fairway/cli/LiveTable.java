package dev.fairway.cli;

import dev.fairway.deploy.run.Event;
import dev.fairway.diagnostic.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells a deploy as a table that is drawn over itself, for people at a terminal: a line for each
 * step that ended, and of the step that runs the newest things that moved.
 */
final class LiveTable implements FollowedRun {
  /** What a small terminal shows without scrolling, which would leave half a table behind. */
  private static final int MOST_ITEMS = 12;

  private static final int WIDTH = 100;
  private static final String UP_AND_ERASE = "\u001b[1A\u001b[2K";

  private final PrintWriter out;
  private final InstantSource clock;
  private final Map<String, String> items = new LinkedHashMap<>();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("live-table").factory());
  private Instant since;
  private Optional<String> running = Optional.empty();
  private int drawn;

  LiveTable(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.since = clock.instant();
  }

  /** One whose time goes on while nothing else moves. */
  static LiveTable on(PrintWriter out, InstantSource clock) {
    var table = new LiveTable(out, clock);
    table.ticks.scheduleAtFixedRate(table::tick, 1, 1, TimeUnit.SECONDS);
    return table;
  }

  @Override
  public synchronized void told(Event event) {
    erase();
    switch (event) {
      case Event.StepStarted started -> start(started.step());
      case Event.StepEnded ended -> end(ended);
      case Event.Item item -> {
        // Taken out first: what moved last stands last.
        items.remove(item.name());
        items.put(item.name(), item.state());
      }
    }
    running.ifPresent(this::draw);
    out.flush();
  }

  private synchronized void tick() {
    erase();
    running.ifPresent(this::draw);
    out.flush();
  }

  @Override
  public synchronized void close() {
    ticks.shutdownNow();
    running = Optional.empty();
    out.flush();
  }

  private void start(String step) {
    since = clock.instant();
    items.clear();
    running = Optional.of(step);
  }

  private void end(Event.StepEnded ended) {
    out.println(
        cut(
            "%s %-28s %6s  %s"
                .formatted(
                    ended.succeeded() ? "✓" : "✗", ended.step(), elapsed(), ended.summary())));
    items.clear();
    running = Optional.empty();
  }

  private void draw(String step) {
    var lines = new ArrayList<String>();
    lines.add(cut("· %-28s %6s".formatted(step, elapsed())));
    newest().forEach((name, state) -> lines.add(cut("    %-44s %s".formatted(name, state))));
    lines.forEach(out::println);
    drawn = lines.size();
  }

  private Map<String, String> newest() {
    var newest = new LinkedHashMap<String, String>();
    List<String> names = List.copyOf(items.keySet());
    names
        .subList(Math.max(0, names.size() - MOST_ITEMS), names.size())
        .forEach(name -> newest.put(name, items.getOrDefault(name, "")));
    return newest;
  }

  private void erase() {
    out.print(UP_AND_ERASE.repeat(drawn));
    drawn = 0;
  }

  private String elapsed() {
    var took = Duration.between(since, clock.instant());
    return took.toMinutes() > 0
        ? "%dm%02ds".formatted(took.toMinutes(), took.toSecondsPart())
        : took.toSeconds() + "s";
  }

  /** A line that wraps would be two, and one of them would stay. */
  private static String cut(String line) {
    var printable = Printable.line(line);
    return printable.length() <= WIDTH ? printable : printable.substring(0, WIDTH - 1) + "…";
  }
}
