package dev.fairway.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A key that may sign, and what it may sign. A key is ended, never deleted: what it signed while it
 * was valid stays judgeable for ever.
 *
 * @param owner the person or the pipeline that holds it; several keys of one owner are one voice
 * @param key of SSH, without a comment: {@code ssh-ed25519 AAAA...}
 * @param promotes the channels whose branch it may move
 * @param attests the kinds of evidence that it may add
 * @param overrides the gates that it may override in a hotfix or a rollback
 * @param groups those that the owner may approve as a member of
 * @param from the first instant at which a signature of it counts
 * @param until the first one at which it does not any more
 */
public record TrustedKey(
    String owner,
    String key,
    SortedSet<String> promotes,
    SortedSet<String> attests,
    SortedSet<String> overrides,
    SortedSet<String> groups,
    Instant from,
    Optional<Instant> until) {
  private static final String FORM = "ssh-ed25519 [A-Za-z0-9+/]+={0,2}";

  public TrustedKey {
    Invariant.holds(!owner.isBlank(), "a key without an owner: " + key);
    requireKey(key);
    var start = from;
    Invariant.holds(
        until.filter(end -> !end.isAfter(start)).isEmpty(), "a key that ends before it starts");
    promotes = Collections.unmodifiableSortedSet(new TreeSet<>(promotes));
    attests = Collections.unmodifiableSortedSet(new TreeSet<>(attests));
    overrides = Collections.unmodifiableSortedSet(new TreeSet<>(overrides));
    groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
  }

  /** Returns the text when it is a public key of SSH without a comment, and throws when not. */
  public static String requireKey(String key) {
    Invariant.matches("an ed25519 key of SSH", FORM, key);
    return key;
  }

  public boolean isValidAt(Instant time) {
    return !time.isBefore(from) && until.map(time::isBefore).orElse(true);
  }
}
