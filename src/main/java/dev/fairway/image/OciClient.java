package dev.fairway.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads manifests and configs, as anybody may who has no account. What a registry answers is
 * believed only if it has the digest that it says it has.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec">the API</a>
 */
final class OciClient implements AutoCloseable {
  private static final String MANIFESTS =
      String.join(
          ", ",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  /** What the specification has registries take, and so no manifest or config is longer. */
  private static final int LONGEST = 4 * 1024 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int REDIRECTS = 5;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** By host and path: one does for all that is asked of a repository. */
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  byte[] manifest(Repository repository, String tag) throws IOException, InterruptedException {
    var answer = get(repository, repository.manifest(tag), MANIFESTS);
    var said = answer.headers().firstValue("Docker-Content-Digest");
    var body = body(answer);
    if (said.isPresent()) {
      requireDigest(said.get(), body);
    }
    return body;
  }

  byte[] blob(Repository repository, String digest) throws IOException, InterruptedException {
    var body = body(get(repository, repository.blob(digest), "*/*"));
    requireDigest(digest, body);
    return body;
  }

  private static void requireDigest(String said, byte[] body) throws RegistryException {
    var is = "sha256:" + Digest.of(body).hex();
    if (!is.equals(said)) {
      throw new RegistryException(
          Code.STRANGE_REGISTRY,
          "the registry says %s and sends %s".formatted(said, is),
          "see whether a proxy changes what it answers");
    }
  }

  private HttpResponse<InputStream> get(Repository repository, URI address, String accept)
      throws IOException, InterruptedException {
    var key = repository.host() + "/" + repository.path();
    var answer = followed(address, accept, Optional.ofNullable(tokens.get(key)));
    if (answer.statusCode() == 401) {
      var challenge = Challenge.of(answer.headers().firstValue("WWW-Authenticate").orElse(""));
      answer.body().close();
      if (challenge.isPresent()) {
        tokens.put(key, token(challenge.get(), repository));
        answer = followed(address, accept, Optional.of(tokens.get(key)));
      }
    }
    return success(answer);
  }

  /** A token is for the registry: where it sends us next, it must not go along. */
  private HttpResponse<InputStream> followed(URI address, String accept, Optional<String> token)
      throws IOException, InterruptedException {
    var answer = send(address, accept, token);
    for (int steps = 0; answer.statusCode() / 100 == 3 && steps < REDIRECTS; steps++) {
      var next = answer.uri().resolve(answer.headers().firstValue("Location").orElse(""));
      answer.body().close();
      var isSame = next.getAuthority().equals(address.getAuthority());
      answer = send(next, accept, isSame ? token : Optional.empty());
    }
    return answer;
  }

  private HttpResponse<InputStream> send(URI address, String accept, Optional<String> token)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address).timeout(PATIENCE).header("Accept", accept);
    token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  private String token(Challenge challenge, Repository repository)
      throws IOException, InterruptedException {
    var answer =
        success(
            followed(challenge.address(repository.path()), "application/json", Optional.empty()));
    var json = new ObjectMapper().readTree(body(answer));
    return json.path("token").asText(json.path("access_token").asText());
  }

  private static HttpResponse<InputStream> success(HttpResponse<InputStream> answer)
      throws IOException {
    var status = answer.statusCode();
    if (status == 200) {
      return answer;
    }
    answer.body().close();
    throw switch (status) {
      case 401, 403, 404 ->
          new RegistryException(
              Code.IMAGE_NOT_FOUND,
              "the registry answers %d: it has no such image, or not for everybody"
                  .formatted(status),
              "correct the tag; for a registry of your own, name a mirror that asks for no"
                  + " account by --mirror HOST=URL");
      case 429 ->
          new RegistryException(
              Code.REGISTRY_UNREACHABLE,
              "the registry answers 429: it was asked too often",
              "wait and try again, or name a mirror by --mirror HOST=URL");
      default ->
          new RegistryException(
              Code.STRANGE_REGISTRY,
              "the registry answers " + status,
              "try again later; nothing was written");
    };
  }

  private static byte[] body(HttpResponse<InputStream> answer) throws IOException {
    try (var stream = answer.body()) {
      var bytes = stream.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new RegistryException(
            Code.STRANGE_REGISTRY,
            "a manifest or config of more than " + LONGEST + " bytes",
            "see whether a proxy answers in the registry's place");
      }
      return bytes;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
