package dev.fairway.diff.fleet;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diff.fleet.ClusterDiff.Change;
import dev.fairway.link.Assembly;
import dev.fairway.link.Linkable;
import dev.fairway.link.Linker;
import dev.fairway.release.Release;
import dev.fairway.source.ClusterSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Both releases, ready to be linked, on all processors; no assembly is kept. */
record Linking(Linker before, Linker after, ClusterDiff diff, Shapes shapes) {
  static Linking of(Release before, Release after, Pace pace, Shapes shapes) {
    var left = Linkable.of(before);
    var right = Linkable.of(after);
    var diff =
        new ClusterDiff(
            left,
            right,
            pace,
            pool -> shapes.steady().isPresent() ? Shape.Pool.kind(pool) : Shape.Pool.of(pool));
    return new Linking(new Linker(left), new Linker(right), diff, shapes);
  }

  List<Finding> findings(List<ClusterSource> fleet) {
    return shapes
        .steady()
        .map(steady -> findings(steady, fleet))
        .orElseGet(() ->
            shapes.group(fleet, ClusterSource::cluster).parallelStream()
                .flatMap(this::alike)
                .toList());
  }

  /** The first stands for all; where it can't be linked, each is asked why. */
  private Stream<Finding> alike(List<ClusterSource> alike) {
    var first = alike.getFirst();
    var was = before.link(first);
    var becomes = after.link(first);
    if (was.value().isPresent() && becomes.value().isPresent()) {
      var change = diff.between(first.cluster(), was.value().get(), becomes.value().get());
      return alike.stream().map(it -> new Finding.Compared(diff.of(change, it.cluster())));
    }
    return alike.size() == 1
        ? Stream.of(new Finding.Failed(failure(first, was, becomes)))
        : alike.stream().flatMap(source -> alike(List.of(source)));
  }

  private static Unlinked failure(
      ClusterSource source, Outcome<Assembly> was, Outcome<Assembly> becomes) {
    var isNew = becomes.value().isEmpty();
    return new Unlinked(source.cluster().alias(), isNew, why(isNew ? becomes : was));
  }

  private static String why(Outcome<Assembly> outcome) {
    return outcome.diagnostics().all().stream()
        .filter(Diagnostic::isError)
        .map(Diagnostic::message)
        .findFirst()
        .orElse("");
  }

  /**
   * @param on its components; empty where its settings are wrong
   */
  private record Member(ClusterSource source, Optional<List<String>> on) {}

  /** What all with the same stacks have in common, and what is left where that is nothing. */
  private record Stacks(Change change, Effect rest) {}

  private List<Finding> findings(Steady steady, List<ClusterSource> fleet) {
    return groups(steady, fleet).parallelStream()
        .flatMap(members -> {
          var stacks = stacks(members.getFirst().source());
          return members.stream().flatMap(member -> finding(steady, stacks, member));
        })
        .toList();
  }

  private Collection<List<Member>> groups(Steady steady, List<ClusterSource> fleet) {
    return fleet.parallelStream()
        .map(source -> new Member(source, after.components(source).value()))
        .toList()
        .stream()
        .collect(
            Collectors.groupingBy(
                member -> member.on().map(on -> steady.shape(member.source().cluster(), on)),
                LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }

  private Optional<Stacks> stacks(ClusterSource source) {
    var was = before.link(source).value();
    var becomes = after.link(source).value();
    return was.flatMap(left ->
        becomes.map(right ->
            new Stacks(
                diff.between(source.cluster(), left, right), ClusterDiff.ofTheRest(left, right))));
  }

  private Stream<Finding> finding(Steady steady, Optional<Stacks> stacks, Member member) {
    if (stacks.isEmpty() || member.on().isEmpty()) {
      return alike(List.of(member.source()));
    }
    var common = stacks.get();
    var change = common.change().with(member.on().get(), steady.changed(), common.rest());
    return Stream.of(new Finding.Compared(diff.of(change, member.source().cluster())));
  }
}
