package dev.fairway.access;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The REST service that knows which roles a user has. */
record Roles(Config config, Fetch fetch) {
  /**
   * The groups that the user's roles are here, in their order; a role that is no group here counts
   * for nothing. Empty when the service does not know the user.
   */
  Optional<List<String>> groups(String user) throws OutageException {
    var response = fetch.get(uri(user), new TreeMap<>(Map.of("Accept", "application/json")));
    if (response.status() == 404) {
      return Optional.empty();
    }
    if (response.status() != 200) {
      throw new OutageException("the roles service answers " + response.status());
    }
    var roles =
        Json.object(response.body())
            .map(answer -> answer.path("roles"))
            .filter(list -> list.isArray())
            .orElseThrow(() -> new OutageException("the roles service answers no list of roles"));
    var groups = new TreeSet<String>();
    for (var role : roles) {
      if (!role.isTextual()) {
        throw new OutageException("the roles service answers a role that is no text");
      }
      Optional.ofNullable(config.groups().get(role.textValue())).ifPresent(groups::add);
    }
    return Optional.of(List.copyOf(groups));
  }

  private URI uri(String user) {
    var encoded = URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
    return URI.create(config.rolesUrl().replace(Config.USER, encoded));
  }
}
