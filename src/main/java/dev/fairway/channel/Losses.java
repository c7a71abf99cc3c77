package dev.fairway.channel;

/**
 * What a change takes away: resources of CloudFormation and Kubernetes objects together.
 *
 * @param deleted that are no more
 * @param replaced that another takes the place of, with all that they held
 */
public record Losses(int deleted, int replaced) {
  /** Of a channel's first release, or of a change that takes nothing away. */
  public static final Losses NONE = new Losses(0, 0);
}
