package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.fairway.e2e.Caller.Answer;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real API server, started as the masters of a cluster with OAuth start it, asks the token
 * webhook's jar who has a token. Issuer and roles service are the test's own.
 */
@Tag("e2e")
@Item(8)
final class TokenWebhookTest {
  private static final Path FOLDER = Path.of("target/e2e/token-webhook");
  private static final String CONFIG = "/etc/kubernetes/token-webhook.json";
  private static final String KUBECONFIG = "/etc/kubernetes/token-webhook.kubeconfig";
  private static final String WHO_AM_I = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final ECKey KEY = OutsideParties.key("first");

  private static OutsideParties parties;
  private static ControlPlane controlPlane;
  private static WebhookProcess webhook;

  @BeforeAll
  static void start() throws IOException {
    parties = OutsideParties.start();
    parties.publish(KEY);
    for (var user : List.of("alice", "bob", "carol", "dave")) {
      parties.give(user, "ReadOnly", "Accountant");
    }
    parties.give("eve", "PowerUser");
    var assembly = record().assembly();
    controlPlane =
        ControlPlane.prepare(
            ChangedRecord.written(assembly, "token-webhook"), "token-webhook/control-plane");
    webhook = WebhookProcess.start(config("jwks"), FOLDER.resolve("jwks"));
    lead(webhook.port());
    controlPlane.run();
    Manifests.apply(controlPlane.admin(), Manifests.of(assembly));
  }

  @AfterAll
  static void stop() {
    controlPlane.close();
    webhook.close();
    parties.close();
  }

  private static ChangedRecord record() {
    return ChangedRecord.of("e2e")
        .with(
            Map.of(
                "token_webhook_image", "registry.example.org/token-webhook:1",
                "token_webhook_issuer", OutsideParties.ISSUER,
                "token_webhook_audience", OutsideParties.AUDIENCE,
                "token_webhook_verification_url", "https://login.example.org/keys",
                "token_webhook_groups", "PowerUser=PowerUser,ReadOnly=ReadOnly",
                "token_webhook_roles_url", "https://roles.example.org/users/{user}/roles"));
  }

  /** The masters' own file; all that differs is where the others are, and the port. */
  private static String config(String verification) throws IOException {
    return Files.readString(controlPlane.place().at(CONFIG))
        .replace("https://login.example.org/keys", parties.url() + "/keys")
        .replace("https://roles.example.org/", parties.url() + "/")
        .replace("\"jwks\"", "\"" + verification + "\"")
        .replace("/keys", verification.equals("jwks") ? "/keys" : "/introspect")
        .replace("\"port\": 1021", "\"port\": 0");
  }

  private static void lead(int port) throws IOException {
    var file = controlPlane.place().at(KUBECONFIG);
    var text = Files.readString(file);
    assertThat(text).contains("http://127.0.0.1:1021/tokenreviews");
    Files.writeString(file, text.replace(":1021/", ":" + port + "/"));
  }

  @Test
  void aGoodTokenIsItsUsersAndRbacDecides(Evidence evidence) throws Exception {
    var token = OutsideParties.token(KEY, OutsideParties.claims("alice"));
    var whoami = kubectl("auth", "whoami", "--token=" + token);
    evidence.engine("kube-apiserver 1.36.2").text("kubectl auth whoami", whoami);

    assertThat(whoami)
        .contains("oauth:alice", "ReadOnly", "system:authenticated")
        .doesNotContain("Accountant");
    assertThat(get(token, "/api/v1/nodes")).isEqualTo(200);
    assertThat(get(token, "/api/v1/namespaces/kube-system/pods")).isEqualTo(200);
    assertThat(get(token, "/api/v1/namespaces/kube-system/secrets")).isEqualTo(403);
    assertThat(get(token, "/api/v1/secrets")).isEqualTo(403);
    assertThat(delete(token, "/api/v1/namespaces/default/pods/none")).isEqualTo(403);
  }

  @Test
  void aRoleIsWhatTheServiceSaysOfTheUser() {
    var token = OutsideParties.token(KEY, OutsideParties.claims("eve"));

    assertThat(delete(token, "/api/v1/namespaces/default/pods/none")).isEqualTo(404);
    assertThat(get(token, "/api/v1/secrets")).isEqualTo(403);
  }

  @Test
  void aTokenThatIsNotGoodLetsNobodyIn(Evidence evidence) throws Exception {
    var past = Date.from(Instant.now().minusSeconds(120));
    var claims = OutsideParties.claims("alice");
    var tokens =
        Map.of(
            "expired", signed(OutsideParties.claims("alice").expirationTime(past)),
            "for another audience", signed(OutsideParties.claims("alice").audience("wiki")),
            "of another issuer",
                signed(OutsideParties.claims("alice").issuer("https://evil.example.org/")),
            "without expiry", signed(OutsideParties.claims("alice").expirationTime(null)),
            "of an unknown key", OutsideParties.token(OutsideParties.key("forged"), claims),
            "of another key by the same name",
                OutsideParties.token(OutsideParties.key("first"), claims),
            "unsigned", new PlainJWT(claims.build()).serialize(),
            "signed with the public key as a shared secret", confused(claims.build()),
            "of a user whom the roles service does not know",
                signed(OutsideParties.claims("mallory")),
            "of a user with a path for a name", signed(OutsideParties.claims("../alice")));
    var rows = new ArrayList<List<String>>();
    tokens.forEach((what, token) -> rows.add(List.of(what, "" + whoAmI(token).status())));
    evidence.table("tokens", List.of("a token", "status"), rows);

    assertThat(rows).hasSize(10).allMatch(row -> row.getLast().equals("401"));
  }

  @Test
  void aUserOfTheIssuerIsNeverOneOfTheClusters() {
    parties.give("kube-apiserver-kubelet-client", "ReadOnly");
    parties.give("system:admin", "system:masters");
    var namesake = signed(OutsideParties.claims("kube-apiserver-kubelet-client"));

    assertThat(whoAmI(namesake).body()).contains("oauth:kube-apiserver-kubelet-client");
    assertThat(get(namesake, "/api/v1/nodes/some/proxy/")).isEqualTo(403);
    assertThat(whoAmI(signed(OutsideParties.claims("system:admin"))).body())
        .contains("oauth:system:admin")
        .doesNotContain("system:masters");
  }

  @Test
  void withoutTheRolesServiceNobodyGetsInAndItIsAskedAnew() {
    var token = signed(OutsideParties.claims("bob"));
    parties.rolesAreDown(true);
    try {
      assertThat(whoAmI(token).status()).isEqualTo(401);
      assertThat(webhook.review(token)).contains("\"authenticated\":false", "\"error\"");
    } finally {
      parties.rolesAreDown(false);
    }
    assertThat(whoAmI(token).status()).isEqualTo(201);
  }

  @Test
  void anAnswerIsRemembered() {
    var token = signed(OutsideParties.claims("carol"));
    var before = parties.questionsAboutRoles();
    for (var time = 0; time < 5; time++) {
      assertThat(webhook.review(token)).contains("\"username\":\"oauth:carol\"");
    }
    assertThat(parties.questionsAboutRoles() - before).isEqualTo(1);
    assertThat(webhook.get("/metrics"))
        .containsPattern("reviews_total\\{cached=\"true\",outcome=\"authenticated\"} [1-9]");
  }

  /** Forged tokens of other tests may have used up what is fetched in half a minute. */
  @Test
  void theIssuerMayChangeItsKeys() {
    var next = OutsideParties.key("second");
    parties.publish(KEY, next);
    var token = OutsideParties.token(next, OutsideParties.claims("dave"));

    Eventually.holds(
        "a token of the new key is taken",
        Duration.ofSeconds(40),
        () -> whoAmI(token).status() == 201);
  }

  @Test
  void withoutTheWebhookTheClusterWorksForAllOthers() throws IOException {
    var lonely =
        ControlPlane.prepare(
            Path.of("target/e2e/assemblies/token-webhook").toAbsolutePath(),
            "token-webhook/lonely");
    try (lonely) {
      lonely.run();
      var caller = Caller.of(lonely.anonymous().getConfiguration());
      var account = accountToken(lonely);

      assertThat(lonely.admin().nodes().list().getItems()).isEmpty();
      assertThat(caller.bearing(account).dry("POST", WHO_AM_I, review()).status()).isEqualTo(201);
      assertThat(
              caller
                  .bearing(signed(OutsideParties.claims("alice")))
                  .dry("POST", WHO_AM_I, review())
                  .status())
          .isEqualTo(401);
    }
  }

  @Test
  void anIssuerIsAskedWhereTokensSayNothing() throws IOException {
    try (var asking = WebhookProcess.start(config("introspection"), FOLDER.resolve("asking"))) {
      var soon = Instant.now().plusSeconds(600).getEpochSecond();
      assertThat(asking.review("opaque-1")).contains("\"authenticated\":false");
      parties.introspect(
          "{\"active\": true, \"sub\": \"alice\", \"aud\": \"%s\", \"exp\": %d}"
              .formatted(OutsideParties.AUDIENCE, soon));
      assertThat(asking.review("opaque-2")).contains("oauth:alice", "ReadOnly");
      parties.introspect(
          "{\"active\": true, \"sub\": \"alice\", \"aud\": \"wiki\", \"exp\": %d}".formatted(soon));
      assertThat(asking.review("opaque-3")).contains("\"authenticated\":false");
    }
  }

  @Test
  void noTokenIsInTheLog() {
    var token = signed(OutsideParties.claims("alice").audience("wiki"));
    assertThat(whoAmI(token).status()).isEqualTo(401);

    var signature = token.substring(token.lastIndexOf('.') + 1);
    assertThat(webhook.process().log())
        .contains("refused a token")
        .doesNotContain(token)
        .doesNotContain(signature)
        .doesNotContain("eyJ");
  }

  private static String signed(JWTClaimsSet.Builder claims) {
    return OutsideParties.token(KEY, claims);
  }

  /** What a verifier takes that lets the token choose between kinds of keys. */
  private static String confused(JWTClaimsSet claims) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KEY.getKeyID()).build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new MACSigner(KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
    return jwt.serialize();
  }

  private static Caller bearing(String token) {
    return Caller.of(controlPlane.anonymous().getConfiguration()).bearing(token);
  }

  private static Answer whoAmI(String token) {
    return bearing(token).dry("POST", WHO_AM_I, review());
  }

  private static String review() {
    return "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
  }

  private static int get(String token, String path) {
    return bearing(token).dry("GET", path, "").status();
  }

  private static int delete(String token, String path) {
    return bearing(token).dry("DELETE", path, "").status();
  }

  private static String accountToken(ControlPlane cluster) {
    return cluster
        .admin()
        .serviceAccounts()
        .inNamespace("default")
        .withName("default")
        .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
        .getStatus()
        .getToken();
  }

  private static String kubectl(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Engines.path("kubectl").toString());
    command.add("--kubeconfig=/dev/null");
    command.add("--server=" + controlPlane.place().server());
    command.add("--certificate-authority=" + controlPlane.place().at("/etc/kubernetes/pki/ca.crt"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
