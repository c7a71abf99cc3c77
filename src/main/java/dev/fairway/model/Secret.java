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
    requireName(name);
    readers = List.copyOf(readers);
    files = List.copyOf(files);
  }

  /**
   * Secrets Manager ends ARNs with a hyphen and six characters of its own. A name with such an end
   * is taken for a part of an ARN when it is looked up. One of fewer than six characters would
   * leave it to the local id before it whether the whole name ends so.
   */
  private static void requireName(String name) {
    Invariant.matches("a secret's name", "[a-z][a-z0-9-]{5,}", name);
    Invariant.holds(
        name.charAt(Math.max(0, name.length() - 7)) != '-',
        "a secret's name ends in a hyphen and six characters: " + name);
  }

  /** The secret's name in Secrets Manager, for templates. */
  public Value place() {
    return Value.join("fairway/", Facts.LOCAL_ID, "/", name);
  }
}
