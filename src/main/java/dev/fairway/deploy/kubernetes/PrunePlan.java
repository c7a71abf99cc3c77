package dev.fairway.deploy.kubernetes;

import java.util.List;

/**
 * What the inventory names, the release does not have, and the cluster still holds.
 *
 * @param leftovers to be deleted, in that order
 * @param strangers that lost Fairway's label: somebody else's by now, and left alone
 */
public record PrunePlan(List<Leftover> leftovers, List<ObjectRef> strangers) {

  /**
   * An object to be deleted.
   *
   * @param holdsData whether its deletion loses what no deploy brings back
   */
  public record Leftover(ObjectRef ref, boolean holdsData) {}

  public PrunePlan {
    leftovers = List.copyOf(leftovers);
    strangers = List.copyOf(strangers);
  }

  public List<ObjectRef> deleted() {
    return leftovers.stream().map(Leftover::ref).toList();
  }
}
