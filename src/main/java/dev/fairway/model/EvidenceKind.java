package dev.fairway.model;

import java.util.List;

/**
 * Kinds of evidence that Fairway itself gives a meaning. All others, such as {@code conformance},
 * are words of those who write the policy.
 */
public final class EvidenceKind {
  /** A member of a group agrees with a promotion; membership makes a key trusted with it. */
  public static final String APPROVAL = "approval";

  /** How the clusters of the upstream's fleet are. */
  public static final String HEALTH = "health";

  /** Somebody takes the losses on themselves that a change budget does not allow. */
  public static final String ACKNOWLEDGEMENT = "acknowledgement";

  /** Gates that somebody goes around; the right to override them makes a key trusted with it. */
  public static final String OVERRIDE = "override";

  /** A channel moved; the right to move it makes a key trusted with it. */
  public static final String PROMOTION = "promotion";

  public static final List<String> ALL =
      List.of(APPROVAL, HEALTH, ACKNOWLEDGEMENT, OVERRIDE, PROMOTION);

  /** What a key is trusted with by its {@code attests} alone. */
  public static final List<String> ATTESTED = List.of(HEALTH, ACKNOWLEDGEMENT);

  private EvidenceKind() {}
}
