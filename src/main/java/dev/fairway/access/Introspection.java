package dev.fairway.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tokens that say nothing themselves: their issuer is asked about each (RFC 7662). What the issuer
 * leaves out of its answer and a signed token must have, such as for whom the token is, counts as
 * wrong.
 */
record Introspection(Config config, Fetch fetch, InstantSource clock) implements TokenVerifier {
  @Override
  public Claim verify(String token) throws OutageException {
    var form =
        "token="
            + URLEncoder.encode(token, StandardCharsets.UTF_8)
            + "&token_type_hint=access_token";
    var response = fetch.post(config.verificationUrl(), form, headers());
    if (response.status() != 200) {
      throw new OutageException("the introspection answers " + response.status());
    }
    return claim(
        Json.object(response.body())
            .orElseThrow(() -> new OutageException("the introspection answers no JSON object")));
  }

  @Override
  public boolean isReady() {
    return true;
  }

  private Claim claim(ObjectNode answer) {
    if (!answer.path("active").isBoolean() || !answer.path("active").booleanValue()) {
      return new Claim.Refused("it is not active");
    }
    if (answer.has("iss") && !config.issuer().equals(answer.path("iss").asText())) {
      return new Claim.Refused("it is of another issuer");
    }
    if (!isFor(config.audience(), answer.path("aud"))) {
      return new Claim.Refused("it is for another audience");
    }
    if (!answer.path("exp").isIntegralNumber()) {
      return new Claim.Refused("it has no expiry");
    }
    var expires = Instant.ofEpochSecond(answer.path("exp").longValue());
    if (!expires.isAfter(clock.instant())) {
      return new Claim.Refused("it has expired");
    }
    return Json.text(answer, config.userClaim())
        .filter(Users::isName)
        .<Claim>map(user -> new Claim.Held(user, expires))
        .orElseGet(() -> new Claim.Refused("its user has no name, or one that is not taken"));
  }

  /** A text or a list of texts. */
  private static boolean isFor(String audience, JsonNode claimed) {
    if (claimed.isTextual()) {
      return claimed.textValue().equals(audience);
    }
    for (var one : claimed) {
      if (one.isTextual() && one.textValue().equals(audience)) {
        return true;
      }
    }
    return false;
  }

  private SortedMap<String, String> headers() {
    var headers = new TreeMap<String, String>();
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    config.credentials().ifPresent(it -> headers.put("Authorization", it.basic()));
    return headers;
  }
}
