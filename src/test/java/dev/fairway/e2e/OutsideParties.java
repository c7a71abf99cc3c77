package dev.fairway.e2e;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Those whom the token webhook asks and who are not ours: an issuer with its published keys, and a
 * service that knows the roles of users. Their keys are real ones, made for the test.
 */
final class OutsideParties implements AutoCloseable {
  static final String ISSUER = "https://login.example.org/";
  static final String AUDIENCE = "kubernetes-api";

  private final HttpServer server;
  private final Map<String, String> roles = new ConcurrentHashMap<>();
  private final List<ECKey> keys = new ArrayList<>();
  private final AtomicInteger questionsAboutRoles = new AtomicInteger();
  private volatile boolean rolesAreDown;
  private volatile String introspection = "{\"active\": false}";

  private OutsideParties(HttpServer server) {
    this.server = server;
  }

  static OutsideParties start() {
    try {
      var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var parties = new OutsideParties(HttpServer.create(loopback, 16));
      parties.server.createContext("/keys", parties::keys);
      parties.server.createContext("/introspect", parties::introspect);
      parties.server.createContext("/users/", parties::roles);
      parties.server.start();
      return parties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A new key, which is not published. */
  static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on these are the issuer's keys. */
  synchronized void publish(ECKey... published) {
    keys.clear();
    keys.addAll(List.of(published));
  }

  void give(String user, String... names) {
    roles.put(user, "{\"roles\": [\"" + String.join("\", \"", names) + "\"]}");
  }

  void rolesAreDown(boolean down) {
    rolesAreDown = down;
  }

  int questionsAboutRoles() {
    return questionsAboutRoles.get();
  }

  void introspect(String answer) {
    introspection = answer;
  }

  /** What a good token claims, an hour long. */
  static JWTClaimsSet.Builder claims(String user) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject(user)
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))));
  }

  static String token(ECKey key, JWTClaimsSet.Builder claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
      var jwt = new SignedJWT(header, claims.build());
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized void keys(HttpExchange exchange) throws IOException {
    answer(exchange, 200, new JWKSet(List.copyOf(keys)).toPublicJWKSet().toString());
  }

  private void introspect(HttpExchange exchange) throws IOException {
    answer(exchange, 200, introspection);
  }

  private void roles(HttpExchange exchange) throws IOException {
    questionsAboutRoles.incrementAndGet();
    var user = exchange.getRequestURI().getPath().split("/", -1)[2];
    var known = roles.get(user);
    if (rolesAreDown) {
      answer(exchange, 503, "not now");
    } else if (known == null) {
      answer(exchange, 404, "nobody");
    } else {
      answer(exchange, 200, known);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
