package dev.fairway.e2e.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class ReportListenerTest {
  @TempDir private Path folder;

  /** These stand for tests on engines, and are run by the tests below only. */
  @Tag("e2e")
  @Item(4)
  static final class OnEngines {
    @BeforeAll
    static void start(Evidence evidence) {
      evidence.engine("engine 1.2").figure("ready after", "2 s");
    }

    @Test
    void itRuns(Evidence evidence, @TempDir Path log) throws IOException {
      evidence.log("its log", log.resolve("engine.log")).text("notes", "a note");
      Files.writeString(log.resolve("engine.log"), "written later");
    }

    @Test
    @Item(2)
    void itFails() {
      fail("as it should");
    }

    @Test
    @Disabled("not on this machine")
    void itIsLeftOut() {}

    @TestFactory
    Stream<DynamicTest> requests() {
      return Stream.of("get", "list").map(verb -> DynamicTest.dynamicTest(verb, () -> {}));
    }
  }

  @Tag("e2e")
  @Item(3)
  static final class NeverStarted {
    @BeforeAll
    static void start() {
      fail("no such port");
    }

    @Test
    void itRuns() {}
  }

  static final class OfTheGate {
    @Test
    void itRuns() {}
  }

  @Test
  void whatRanIsOnThePage() throws IOException {
    assertThat(reportOf(OnEngines.class))
        .contains("1 of 5 tests failed")
        .contains("it runs", "written later", "a note")
        .contains("AssertionError: as it should")
        .contains("not on this machine")
        .contains("2 of 2 cases passed")
        .contains("Proved by engine 1.2", "ready after");
  }

  @Test
  void aMethodMayBeAboutAnotherItemThanItsClass() throws IOException {
    var page = reportOf(OnEngines.class);

    assertThat(page.substring(page.indexOf("id=\"item-2\""), page.indexOf("id=\"item-3\"")))
        .contains("it fails")
        .doesNotContain("it runs");
  }

  @Test
  void anEngineThatDoesNotStartIsAFailure() throws IOException {
    assertThat(reportOf(NeverStarted.class))
        .contains("1 of 2 tests failed", "no such port", "not run");
  }

  @Test
  void aRunWithoutEnginesWritesNothing() throws IOException {
    run(OfTheGate.class);

    assertThat(folder.resolve("report.html")).doesNotExist();
  }

  @Test
  void ofAnEngineThatTalksMuchTheEndIsKept() throws IOException {
    var log = folder.resolve("log");
    Files.writeString(log, "a line\n".repeat(10_000) + "the last");

    assertThat(LogEnd.of("log", log).text())
        .hasSizeLessThan(13_000)
        .startsWith("... ")
        .endsWith("the last");
    assertThat(LogEnd.of("log", folder.resolve("none")).text()).startsWith("nothing was written");
  }

  private String reportOf(Class<?> tests) throws IOException {
    run(tests);
    return Files.readString(folder.resolve("report.html"));
  }

  private void run(Class<?> tests) {
    var ticks = new Ticks();
    var listener = new ReportListener(folder.resolve("report.html"), ticks, "a machine");
    var config =
        LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();
    LauncherFactory.create(config)
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(List.of(selectClass(tests)))
                .build(),
            listener);
  }

  /** Each look at the clock is a second later. */
  private static final class Ticks implements InstantSource {
    private int seconds;

    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(seconds++);
    }
  }
}
