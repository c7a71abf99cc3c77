package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Puts a file on a branch of its own, through the API: no clone is needed that may push, and GitHub
 * signs the commit.
 */
final class GithubFiles {
  private final String base;

  private final GithubApi api;

  /**
   * @param base the branch that the others are ahead of
   */
  GithubFiles(GithubApi api, String base) {
    this.base = base;
    this.api = api;
  }

  /** Whether the base has other bytes there. */
  boolean differs(String path, byte[] content) throws IOException, InterruptedException {
    return !blob(path, base).equals(blobOf(content));
  }

  /** Leaves the branch one commit ahead of the base, with these bytes. */
  void put(String branch, String path, byte[] content, String message)
      throws IOException, InterruptedException {
    var parent = api.get("git/ref/heads/" + encoded(base)).path("object").path("sha").asText();
    var tree = tree(path, content, parent);
    if (!isThere(branch, tree, parent)) {
      move(branch, commit(tree, parent, message));
    }
  }

  /** Whether the branch is that commit, and no other: on this base, with nothing beside it. */
  private boolean isThere(String branch, String tree, String parent)
      throws IOException, InterruptedException {
    var tip = api.find("git/ref/heads/" + encoded(branch)).path("object").path("sha").asText("");
    if (tip.isEmpty()) {
      return false;
    }
    var commit = api.get("git/commits/" + tip);
    var parents = commit.path("parents");
    return commit.path("tree").path("sha").asText().equals(tree)
        && parents.size() == 1
        && parents.path(0).path("sha").asText().equals(parent);
  }

  /** What the base holds, with the file. */
  private String tree(String path, byte[] content, String parent)
      throws IOException, InterruptedException {
    var from = api.get("git/commits/" + parent).path("tree").path("sha").asText();
    var bytes = Base64.getEncoder().encodeToString(content);
    var blob = made("blobs", json().put("content", bytes).put("encoding", "base64"));
    var tree = json().put("base_tree", from);
    var entry = tree.putArray("tree").addObject().put("path", path).put("sha", blob);
    entry.put("mode", "100644").put("type", "blob");
    return made("trees", tree);
  }

  /** On top of the base, and on no branch yet. */
  private String commit(String tree, String parent, String message)
      throws IOException, InterruptedException {
    var commit = json().put("message", message).put("tree", tree);
    commit.putArray("parents").add(parent);
    return made("commits", commit);
  }

  private String made(String kind, ObjectNode wanted) throws IOException, InterruptedException {
    return api.post("git/" + kind, wanted).path("sha").asText();
  }

  /** In one step: GitHub closes a pull request whose head is the base for a moment. */
  private void move(String branch, String commit) throws IOException, InterruptedException {
    if (api.find("git/ref/heads/" + encoded(branch)).isMissingNode()) {
      api.post("git/refs", json().put("ref", "refs/heads/" + branch).put("sha", commit));
    } else {
      api.patch("git/refs/heads/" + encoded(branch), json().put("sha", commit).put("force", true));
    }
  }

  /** Empty where the branch, or the file on it, is not there. */
  private String blob(String path, String branch) throws IOException, InterruptedException {
    return api.find("contents/%s?ref=%s".formatted(encoded(path), GithubApi.encoded(branch)))
        .path("sha")
        .asText("");
  }

  private static String encoded(String path) {
    return GithubApi.encoded(path).replace("%2F", "/");
  }

  /** The name that Git gives to bytes. */
  static String blobOf(byte[] content) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      digest.update("blob %d\0".formatted(content.length).getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
