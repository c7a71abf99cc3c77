package dev.fairway.model;

import java.util.List;

/**
 * The place of a secret in Secrets Manager, {@code fairway/<local_id>/<name>}. Its value is a JSON
 * object of files, put there by {@code fairway pki}, never by a template; a node reads it with its
 * own role and writes the files.
 *
 * @param readers the node roles that may read it: {@code master}, {@code worker}, {@code etcd}
 */
public record Secret(String name, String description, List<String> readers, List<File> files) {

  /**
   * A file that the secret holds.
   *
   * @param key in the secret's JSON object
   * @param path on the node
   * @param mode such as 0400
   */
  public record File(String key, String path, int mode) {}

  public Secret {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("not a secret's name: " + name);
    }
    readers = List.copyOf(readers);
    files = List.copyOf(files);
  }

  /** The secret's name in Secrets Manager, for templates. */
  public Value place() {
    return Value.join("fairway/", Facts.LOCAL_ID, "/", name);
  }
}
