package dev.fairway.platform.node;

import dev.fairway.model.Secret;
import dev.fairway.platform.cloud.Secrets;
import dev.fairway.platform.node.NodeFile.Format;
import java.util.stream.Collectors;

/** The secrets of a node's role as files: which ones, where they are, and what fetches them. */
final class SecretFiles {
  private static final String LIST = "/etc/fairway/secrets.list";

  private SecretFiles() {}

  static Part part(String role) {
    var list =
        Secrets.readBy(role).stream()
            .flatMap(secret -> secret.files().stream().map(file -> line(secret, file)))
            .collect(Collectors.joining());
    return Part.script("fetch-secrets", Resources.started("fetch-secrets.service"))
        .and(Part.files(new NodeFile(LIST, 0644, Format.TEXT, list)));
  }

  /** The path of a secret's file, by its key. */
  static String path(Secret secret, String key) {
    return secret.files().stream()
        .filter(file -> file.key().equals(key))
        .map(Secret.File::path)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("secret " + secret.name() + " has no " + key));
  }

  private static String line(Secret secret, Secret.File file) {
    return "%s %s %s %04o\n".formatted(secret.name(), file.key(), file.path(), file.mode());
  }
}
