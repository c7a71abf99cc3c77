package dev.fairway.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the service is told, in one JSON file. Every key must be there and no other may, but for
 * {@code credentialsFile}: a key that is not read is a setting that somebody takes for set.
 *
 * @param port on loopback
 * @param issuer that a token names, to the letter
 * @param userClaim the claim that names the user
 * @param userPrefix what comes before that name, so that nobody has a name of the cluster's own
 * @param rolesUrl with {@link #USER} where the user's name goes
 * @param groups the group that a role is, by role
 * @param credentials of this service at the introspection, from a file of its own
 */
record Config(
    int port,
    String issuer,
    String audience,
    Verification verification,
    URI verificationUrl,
    String userClaim,
    String userPrefix,
    String rolesUrl,
    SortedMap<String, String> groups,
    Optional<Credentials> credentials) {
  /** Where a user's name stands in the URL of the roles service. */
  static final String USER = "{user}";

  private static final Set<String> REQUIRED =
      Set.of(
          "port",
          "issuer",
          "audience",
          "verification",
          "verificationUrl",
          "userClaim",
          "userPrefix",
          "rolesUrl",
          "groups");
  private static final String CREDENTIALS = "credentialsFile";

  /** How tokens are found to be good. */
  enum Verification {
    JWKS,
    INTROSPECTION
  }

  /** A client's name and secret, on one line with a colon between. */
  record Credentials(String text) {
    Credentials {
      require(text.matches("[^:\\s]+:\\S+"), "the credentials' file is not one line of id:secret");
    }

    String basic() {
      return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return "credentials";
    }
  }

  Config {
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    require(port >= 0 && port < 65536, "port is not one");
    require(!issuer.isBlank(), "issuer is empty");
    require(!audience.isBlank(), "audience is empty");
    require(!userClaim.isBlank(), "userClaim is empty");
    require(!userPrefix.isBlank(), "userPrefix is empty: users could have names of the cluster's");
    require(!userPrefix.startsWith("system:"), "userPrefix makes users of the cluster's own");
    requireSecret("verificationUrl", verificationUrl);
    require(rolesUrl.contains(USER), "rolesUrl has no " + USER);
    requireSecret("rolesUrl", URI.create(rolesUrl.replace(USER, "user")));
    groups
        .values()
        .forEach(group ->
            require(
                !group.isBlank() && !group.startsWith("system:"),
                "groups: " + group + " is Kubernetes' own, or empty"));
  }

  /** The configuration in a file; an {@link IllegalArgumentException} says what is wrong in it. */
  static Config read(Path file) throws IOException {
    var json =
        Json.object(Files.readAllBytes(file))
            .orElseThrow(() -> new IllegalArgumentException("it is no JSON object"));
    requireKeys(json);
    var port = json.required("port");
    require(port.isInt(), "port is no number");
    return new Config(
        port.intValue(),
        text(json, "issuer"),
        text(json, "audience"),
        verification(text(json, "verification")),
        URI.create(text(json, "verificationUrl")),
        text(json, "userClaim"),
        text(json, "userPrefix"),
        text(json, "rolesUrl"),
        groups(json.required("groups")),
        json.has(CREDENTIALS)
            ? Optional.of(credentials(file.resolveSibling(text(json, CREDENTIALS))))
            : Optional.empty());
  }

  private static void requireKeys(ObjectNode json) {
    var keys = new TreeSet<String>();
    json.fieldNames().forEachRemaining(keys::add);
    var missing = new TreeSet<>(REQUIRED);
    missing.removeAll(keys);
    require(missing.isEmpty(), "it lacks " + String.join(", ", missing));
    keys.removeAll(REQUIRED);
    keys.remove(CREDENTIALS);
    require(keys.isEmpty(), "nothing reads " + String.join(", ", keys));
  }

  private static Verification verification(String word) {
    return switch (word) {
      case "jwks" -> Verification.JWKS;
      case "introspection" -> Verification.INTROSPECTION;
      default ->
          throw new IllegalArgumentException(
              "verification is " + word + ", and must be jwks or introspection");
    };
  }

  private static SortedMap<String, String> groups(JsonNode json) {
    require(json.isObject(), "groups is no map of roles to groups");
    var groups = new TreeMap<String, String>();
    json.properties().forEach(entry -> groups.put(entry.getKey(), entry.getValue().asText()));
    return groups;
  }

  private static Credentials credentials(Path file) throws IOException {
    return new Credentials(Files.readString(file).strip());
  }

  private static String text(ObjectNode json, String key) {
    return Json.text(json, key)
        .orElseThrow(() -> new IllegalArgumentException(key + " is no text"));
  }

  /** Nobody between may read a token, or answer in another's name. */
  private static void requireSecret(String key, URI url) {
    var here = "127.0.0.1".equals(url.getHost()) || "[::1]".equals(url.getHost());
    require(
        url.getHost() != null
            && ("https".equals(url.getScheme()) || (here && "http".equals(url.getScheme()))),
        key + " is " + url + ", and must be of https, or on this machine");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
