package dev.fairway.e2e.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** What became of each test so far, by its unique id. */
final class Ledger {
  private static final TestTag E2E = TestTag.create("e2e");

  private final TestPlan plan;
  private final Map<String, Instant> started = new HashMap<>();
  private final Map<String, Ended> ended = new HashMap<>();

  private record Ended(Status status, Instant at, Optional<String> why) {}

  Ledger(TestPlan plan) {
    this.plan = plan;
  }

  static boolean isAboutEngines(TestIdentifier test) {
    return test.getTags().contains(E2E);
  }

  static boolean isClass(TestIdentifier test) {
    return test.getSource().filter(ClassSource.class::isInstance).isPresent();
  }

  synchronized void started(TestIdentifier test, Instant now) {
    started.put(test.getUniqueId(), now);
  }

  synchronized void skipped(TestIdentifier test, Instant now, String reason) {
    ended.put(test.getUniqueId(), new Ended(Status.SKIPPED, now, Optional.of(reason)));
  }

  synchronized void ended(TestIdentifier test, Instant now, TestExecutionResult result) {
    var status =
        switch (result.getStatus()) {
          case SUCCESSFUL -> Status.PASSED;
          case ABORTED -> Status.SKIPPED;
          case FAILED -> Status.FAILED;
        };
    var why =
        result
            .getThrowable()
            .map(thrown ->
                status == Status.FAILED
                    ? Failure.of(thrown)
                    : Optional.ofNullable(thrown.getMessage()).orElse("no reason given"));
    ended.put(test.getUniqueId(), new Ended(status, now, why));
  }

  /** One for each class, in the order in which they started. */
  synchronized List<Group> groups() {
    return plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .filter(test -> isClass(test) && isAboutEngines(test))
        .sorted(Comparator.comparing(this::start))
        .map(this::group)
        .filter(group -> !group.isEmpty())
        .toList();
  }

  private Instant start(TestIdentifier test) {
    return Optional.ofNullable(started.get(test.getUniqueId())).orElse(Instant.MAX);
  }

  private Group group(TestIdentifier group) {
    var proofs =
        plan.getChildren(group).stream()
            .filter(child -> !isClass(child))
            .sorted(Comparator.comparing(this::start))
            .map(this::proof)
            .toList();
    var source = javaClass(group).getSimpleName();
    return new Group(
        Words.sentence(Words.of(source.replaceAll("Test$", ""))),
        source,
        Optional.of(around(group, proofs)),
        proofs);
  }

  private Proof around(TestIdentifier group, List<Proof> proofs) {
    var tests = proofs.stream().map(Proof::time).reduce(Duration.ZERO, Duration::plus);
    var whole = proof(group);
    return new Proof(
        whole.item(),
        "start and end of the engines",
        whole.status(),
        whole.time().minus(tests),
        whole.why(),
        whole.exhibits(),
        List.of());
  }

  private Proof proof(TestIdentifier test) {
    var end = Optional.ofNullable(ended.get(test.getUniqueId()));
    var start = Optional.ofNullable(started.get(test.getUniqueId()));
    return new Proof(
        item(test),
        name(test),
        end.map(Ended::status).orElse(Status.NOT_RUN),
        start.flatMap(from -> end.map(to -> Duration.between(from, to.at()))).orElse(Duration.ZERO),
        end.flatMap(Ended::why),
        Evidence.of(test.getUniqueId()).exhibits(),
        isClass(test) ? List.of() : plan.getChildren(test).stream().map(this::proof).toList());
  }

  /** A test that is named by its method is named by the method's words. */
  private static String name(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .filter(method -> test.getDisplayName().startsWith(method.getMethodName() + "("))
        .map(method -> Words.of(method.getMethodName()))
        .orElse(test.getDisplayName());
  }

  private Optional<Integer> item(TestIdentifier test) {
    return method(test)
        .map(method -> method.getJavaMethod().getAnnotation(Item.class))
        .or(() -> item(javaClass(test)))
        .map(Item::value);
  }

  private static Optional<Item> item(Class<?> type) {
    return Optional.ofNullable(type.getAnnotation(Item.class))
        .or(() -> Optional.ofNullable(type.getEnclosingClass()).flatMap(Ledger::item));
  }

  private static Optional<MethodSource> method(TestIdentifier test) {
    return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
  }

  /** Of a test whose source says none, such as a row of a table, that of what it stands in. */
  private Class<?> javaClass(TestIdentifier test) {
    return test.getSource()
        .<Class<?>>flatMap(source ->
            switch (source) {
              case ClassSource type -> Optional.of(type.getJavaClass());
              case MethodSource method -> Optional.of(method.getJavaClass());
              default -> Optional.empty();
            })
        .orElseGet(() -> javaClass(plan.getParent(test).orElseThrow()));
  }
}
