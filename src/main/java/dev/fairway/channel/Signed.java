package dev.fairway.channel;

/** What a signature comes to. */
public sealed interface Signed {
  /**
   * It is good.
   *
   * @param key that made it, {@code ssh-ed25519 AAAA...}; whether it is trusted is another question
   */
  record By(String key) implements Signed {
    /** {@code SHA256:...}. */
    public String fingerprint() {
      return PublicKeys.fingerprint(key);
    }
  }

  /**
   * It is none, or not of these bytes.
   *
   * @param why to stand after a colon, such as {@code it is not signed}
   */
  record Wrong(String why) implements Signed {}
}
