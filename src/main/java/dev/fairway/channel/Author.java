package dev.fairway.channel;

import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.PersonIdent;

/** Who a commit of Fairway's is by: the owner of the key that signs it. */
final class Author {
  /** Nobody reads mail there. */
  private static final String NOWHERE = "@fairway.invalid";

  private Author() {}

  /** Of an owner that is no address, one is made, which Git asks for. */
  static PersonIdent of(String owner, Instant time) {
    var mail = owner.contains("@") ? owner : owner.replaceAll("[^A-Za-z0-9._-]+", "-") + NOWHERE;
    return new PersonIdent(owner, mail, time, ZoneOffset.UTC);
  }
}
