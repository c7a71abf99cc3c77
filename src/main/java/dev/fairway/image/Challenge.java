package dev.fairway.image;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a registry wants before it answers: a token from somewhere else.
 *
 * @param realm where tokens are
 */
record Challenge(URI realm, Optional<String> service) {
  private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=\"([^\"]*)\"");

  /** Reads a header {@code WWW-Authenticate}; empty for one that asks for anything but a token. */
  static Optional<Challenge> of(String header) {
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.empty();
    }
    var parameters = new TreeMap<String, String>();
    PARAMETER
        .matcher(header)
        .results()
        .forEach(match -> parameters.put(match.group(1), match.group(2)));
    return Optional.ofNullable(parameters.get("realm"))
        .map(realm ->
            new Challenge(URI.create(realm), Optional.ofNullable(parameters.get("service"))));
  }

  /** Where there is a token to read the repository. */
  URI address(String path) {
    return URI.create(
        realm
            + (realm.getRawQuery() == null ? "?" : "&")
            + service.map(name -> "service=" + encoded(name) + "&").orElse("")
            + "scope="
            + encoded("repository:" + path + ":pull"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
