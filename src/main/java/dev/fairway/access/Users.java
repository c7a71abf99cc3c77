package dev.fairway.access;

import java.util.regex.Pattern;

/** What a user of an issuer may be called. */
final class Users {
  /**
   * It becomes part of a URL and of log lines, and begins with what makes no path of it: a user of
   * the name {@code ..} would ask for somebody else's roles.
   */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@|:+-]{0,252}");

  private Users() {}

  static boolean isName(String user) {
    return NAME.matcher(user).matches();
  }
}
