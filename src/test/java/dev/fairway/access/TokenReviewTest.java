package dev.fairway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.access.Answer.Authenticated;
import dev.fairway.access.Answer.Refused;
import dev.fairway.access.Answer.Unavailable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReviewTest {
  private static final String GOOD =
      """
      {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview",
       "metadata": {"creationTimestamp": null}, "spec": {"token": "abc", "audiences": ["x"]}}
      """;

  @Test
  void theTokenIsInTheSpec() {
    assertThat(TokenReview.token(bytes(GOOD))).contains("abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"kind\": \"TokenReview\"}",
        "{\"apiVersion\": \"authentication.k8s.io/v1beta1\", \"kind\": \"TokenReview\","
            + " \"spec\": {\"token\": \"abc\"}}",
        "{\"apiVersion\": \"authentication.k8s.io/v1\", \"kind\": \"TokenReview\","
            + " \"spec\": {\"token\": 7}}",
        "{\"apiVersion\": \"authentication.k8s.io/v1\", \"kind\": \"TokenReview\","
            + " \"spec\": {\"token\": \"a\", \"token\": \"b\"}}",
      })
  void whatIsNoReviewHasNoToken(String body) {
    assertThat(TokenReview.token(bytes(body))).isEmpty();
  }

  @Test
  void onlyAGoodAnswerNamesAUser() {
    var good = new Authenticated("oauth:alice", List.of("ReadOnly"), Instant.EPOCH);

    assertThat(text(good))
        .contains("\"authenticated\":true", "\"username\":\"oauth:alice\"", "[\"ReadOnly\"]");
    assertThat(text(new Refused("its claims: Expired JWT")))
        .endsWith("\"status\":{\"authenticated\":false}}");
    assertThat(text(new Unavailable("the roles service answers 503")))
        .contains("\"authenticated\":false", "\"error\":\"the roles service answers 503\"")
        .doesNotContain("user\"");
  }

  private static String text(Answer answer) {
    return new String(TokenReview.bytes(answer), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
