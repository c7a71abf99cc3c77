package dev.fairway.model;

import java.util.List;
import java.util.Optional;

/** Who may move channels, attest and approve, by the keys that they sign with. */
public record Trust(List<TrustedKey> keys) {
  public Trust {
    Invariant.distinct("the keys", keys.stream().map(TrustedKey::key).toList());
    keys = List.copyOf(keys);
  }

  /** The key of SSH, without a comment, if it is trusted with anything, at whatever time. */
  public Optional<TrustedKey> find(String key) {
    return keys.stream().filter(trusted -> trusted.key().equals(key)).findFirst();
  }
}
