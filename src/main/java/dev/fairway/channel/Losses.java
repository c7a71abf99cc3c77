package dev.fairway.channel;

import dev.fairway.diff.ReleaseDiff;
import dev.fairway.release.Release;

/**
 * What a change takes away: resources of CloudFormation and Kubernetes objects together.
 *
 * @param deleted that are no more
 * @param replaced that another takes the place of, with all that they held
 */
public record Losses(int deleted, int replaced) {
  /** Of a channel's first release, or of a change that takes nothing away. */
  public static final Losses NONE = new Losses(0, 0);

  /** What a channel loses when one release takes the place of another. */
  public static Losses between(Release before, Release after) {
    var diff = ReleaseDiff.between(before, after);
    return new Losses(diff.deleted(), diff.replaced());
  }
}
