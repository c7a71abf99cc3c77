package dev.fairway.deploy;

import dev.fairway.deploy.aws.StackDifference;
import dev.fairway.deploy.aws.ValueChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Stacks that differ from an assembly, in words: a line for each thing that differs. */
final class StackChanges {
  private StackChanges() {}

  static List<Change> of(List<StackDifference> differences) {
    return differences.stream().flatMap(StackChanges::of).toList();
  }

  private static Stream<Change> of(StackDifference difference) {
    if (difference.isMissing()) {
      return Stream.of(new Change("stack", difference.stackName(), "created"));
    }
    var words = new ArrayList<String>();
    difference.template().added().forEach(name -> words.add(name + " added"));
    difference.template().removed().forEach(name -> words.add(name + " removed"));
    difference.template().changed().forEach(name -> words.add(name + " changed"));
    difference.parameters().forEach(change -> words.add("parameter " + words(change)));
    difference.tags().forEach(change -> words.add("tag " + words(change)));
    difference
        .terminationProtection()
        .ifPresent(on -> words.add("termination protection " + (on ? "on" : "off")));
    if (difference.isPolicyOther()) {
      words.add("stack policy set");
    }
    if (difference.isNodeConfigGone()) {
      words.add("node config published again");
    }
    return words.stream().map(text -> new Change("stack", difference.stackName(), text));
  }

  private static String words(ValueChange change) {
    return "%s: %s → %s"
        .formatted(change.name(), change.was().orElse("(none)"), change.becomes().orElse("(none)"));
  }
}
