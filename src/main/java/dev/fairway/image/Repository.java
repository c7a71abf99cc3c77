package dev.fairway.image;

import java.net.URI;
import java.util.Map;

/**
 * Where an image's repository answers.
 *
 * @param host of the registry, as images name it
 * @param base of its API, without {@code /v2}
 * @param path within the registry
 */
record Repository(String host, URI base, String path) {

  /**
   * Finds the registry of {@code registry.k8s.io/coredns/coredns}.
   *
   * @param mirrors the address to ask in the place of a registry, by its host
   */
  static Repository of(String name, Map<String, URI> mirrors) {
    var slash = name.indexOf('/');
    var host = name.substring(0, slash);
    var path = name.substring(slash + 1);
    var base = mirrors.getOrDefault(host, URI.create("https://" + api(host)));
    return new Repository(host, base, official(host, path));
  }

  /** Docker Hub's API is at another name than its images. */
  private static String api(String host) {
    return host.equals("docker.io") ? "registry-1.docker.io" : host;
  }

  private static String official(String host, String path) {
    return host.equals("docker.io") && !path.contains("/") ? "library/" + path : path;
  }

  URI manifest(String reference) {
    return URI.create(base + "/v2/" + path + "/manifests/" + reference);
  }

  URI blob(String digest) {
    return URI.create(base + "/v2/" + path + "/blobs/" + digest);
  }
}
