package dev.fairway.channel;

import dev.fairway.diff.Act;
import dev.fairway.diff.Area;
import dev.fairway.diff.Difference;
import dev.fairway.diff.ReleaseDiff;
import dev.fairway.diff.Risk;
import dev.fairway.release.Release;
import java.util.List;
import java.util.Set;

/**
 * What a change takes away: resources of CloudFormation and Kubernetes objects together.
 *
 * @param deleted that are no more
 * @param replaced that another takes the place of, with all that they held
 */
public record Losses(int deleted, int replaced) {
  /** Of a channel's first release, or of a change that takes nothing away. */
  public static final Losses NONE = new Losses(0, 0);

  private static final Set<Area> AREAS = Set.of(Area.STACKS, Area.MANIFESTS);

  /** What may be gone is counted as gone. */
  private static final Set<Risk> REPLACING =
      Set.of(Risk.REFUSED, Risk.DATA_LOSS, Risk.REPLACEMENT, Risk.POSSIBLE_REPLACEMENT);

  /** What a channel loses when one release takes the place of another. */
  public static Losses between(Release before, Release after) {
    var lost =
        ReleaseDiff.between(before, after).differences().stream()
            .filter(difference -> AREAS.contains(difference.area()))
            .toList();
    return new Losses(
        count(lost, Act.REMOVED),
        count(lost.stream().filter(it -> REPLACING.contains(it.risk())).toList(), Act.CHANGED));
  }

  private static int count(List<Difference> differences, Act act) {
    return (int) differences.stream().filter(difference -> difference.act() == act).count();
  }
}
