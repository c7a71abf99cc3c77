package dev.fairway.e2e.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the report, as soon as a class that has the tag {@code e2e} has run, and anew after each:
 * a run that is ended before its end leaves what it has. Found by JUnit through a service file.
 */
public final class ReportListener implements TestExecutionListener {
  private final Path file;
  private final InstantSource clock;
  private final String machine;

  private Optional<Ledger> ledger = Optional.empty();
  private Instant start = Instant.EPOCH;
  private boolean engines;

  public ReportListener() {
    this(Path.of("target/e2e/report.html"), InstantSource.system(), thisMachine());
  }

  ReportListener(Path file, InstantSource clock, String machine) {
    this.file = file;
    this.clock = clock;
    this.machine = machine;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    ledger = Optional.of(new Ledger(plan));
    start = clock.instant();
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    ledger.ifPresent(open -> open.started(test, clock.instant()));
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    ledger.ifPresent(open -> open.skipped(test, clock.instant(), reason));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    ledger.ifPresent(open -> open.ended(test, clock.instant(), result));
    if (Ledger.isClass(test) && Ledger.isAboutEngines(test)) {
      engines = true;
      write(false);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (engines) {
      write(true);
    }
  }

  private synchronized void write(boolean complete) {
    var time = Duration.between(start, clock.instant());
    var run = new Run(start, time, machine, complete, ledger.orElseThrow().groups());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, new Page(Agenda.read(), run).html(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String thisMachine() {
    return "%s, %s, %s %s"
        .formatted(
            Words.counted(Runtime.getRuntime().availableProcessors(), "core"),
            "JDK " + Runtime.version().feature(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }
}
