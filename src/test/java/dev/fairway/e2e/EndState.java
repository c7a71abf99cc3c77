package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * All that a deploy is about, by name: what CloudFormation has, what the account has beside, and
 * what the API server has. Equal when two clusters can't be told apart but by their history.
 */
record EndState(SortedMap<String, String> facts) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  static EndState of(World world) {
    var facts = new TreeMap<String, String>();
    new StacksState(world.aws().clients()).collect(facts);
    new ObjectsState(world.controlPlane()).collect(facts);
    return new EndState(facts);
  }

  /** Once nothing moves: what controllers start or collect takes a moment after a deploy. */
  static EndState settled(World world) {
    var last = new AtomicReference<>(of(world));
    Eventually.holds("nothing moves", PATIENCE, () -> last.getAndSet(of(world)).equals(last.get()));
    return last.get();
  }

  /** Fails with what differs from an undisturbed deploy's, if that does not settle. */
  void requireOf(World world, String when) {
    try {
      Eventually.holds("the end state", PATIENCE, () -> of(world).equals(this));
    } catch (AssertionError e) {
      of(world).requireSameAs(this, when);
    }
  }

  long count(String kind) {
    return facts.keySet().stream().filter(name -> name.startsWith(kind + " ")).count();
  }

  /** Fails with what differs, and with no more than that. */
  private void requireSameAs(EndState expected, String when) {
    var differences = new ArrayList<String>();
    var names = new TreeMap<>(facts);
    names.putAll(expected.facts);
    for (var name : names.keySet()) {
      var here = facts.getOrDefault(name, "(is not there)");
      var there = expected.facts.getOrDefault(name, "(is not there)");
      if (!here.equals(there)) {
        differences.add(name + difference(there, here));
      }
    }
    assertThat(differences).as("what differs from an undisturbed deploy, %s", when).isEmpty();
  }

  private static String difference(String expected, String actual) {
    var before = expected.lines().toList();
    var after = actual.lines().toList();
    return only("-", before, after) + only("+", after, before);
  }

  private static String only(String mark, List<String> of, List<String> without) {
    var lines = new StringBuilder();
    of.stream()
        .filter(line -> !without.contains(line))
        .limit(20)
        .forEach(line -> lines.append("\n  ").append(mark).append(line));
    return lines.toString();
  }
}
