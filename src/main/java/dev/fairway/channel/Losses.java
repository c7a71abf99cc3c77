package dev.fairway.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diff.ReleaseDiff;
import dev.fairway.model.Digest;
import dev.fairway.release.Release;
import java.util.Optional;

/**
 * What a change takes away: resources of CloudFormation and Kubernetes objects together.
 *
 * @param from the release that loses them; empty of a channel that has none yet
 * @param deleted that are no more
 * @param replaced that another takes the place of, with all that they held
 */
public record Losses(Optional<Digest> from, int deleted, int replaced) {
  public Losses {
    if (deleted < 0 || replaced < 0) {
      throw new IllegalArgumentException("less than nothing is lost");
    }
  }

  /** Of a channel's first release, or where nobody counts. */
  public static final Losses NONE = new Losses(Optional.empty(), 0, 0);

  /** As evidence calls the release that loses something. */
  static final String FROM = "from";

  static final String DELETED = "deleted";
  static final String REPLACED = "replaced";

  /** What a channel loses when one release takes the place of another. */
  public static Losses between(Release before, Release after) {
    var diff = ReleaseDiff.between(before, after);
    return new Losses(Optional.of(diff.before()), diff.deleted(), diff.replaced());
  }

  /**
   * Whether somebody agreed to lose as much, of this very release: of another one, as many are
   * others.
   */
  boolean areAcknowledgedBy(JsonNode details) {
    return from.filter(digest -> digest.hex().equals(details.path(FROM).asText())).isPresent()
        && details.path(DELETED).asInt(-1) >= deleted
        && details.path(REPLACED).asInt(-1) >= replaced;
  }

  void writeTo(ObjectNode json) {
    from.ifPresent(digest -> json.put(FROM, digest.hex()));
    json.put(DELETED, deleted).put(REPLACED, replaced);
  }

  /**
   * As they were written.
   *
   * @throws IllegalArgumentException when the release is none, or less than nothing is lost
   */
  static Losses read(JsonNode json) {
    return new Losses(
        Optional.of(json.path(FROM)).filter(JsonNode::isTextual).map(it -> new Digest(it.asText())),
        json.path(DELETED).intValue(),
        json.path(REPLACED).intValue());
  }
}
