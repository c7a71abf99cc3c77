package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Objects and branches, as GitHub has them made and moved.
 *
 * @param branches their commits
 * @param files of each branch, by path
 * @param blobs by id
 * @param trees by id, or by that of a commit
 * @param commits what is told of those that were made
 * @param moves which commits branches were put on
 */
record FakeGit(
    Map<String, String> branches,
    Map<String, Map<String, byte[]>> files,
    Map<String, byte[]> blobs,
    Map<String, Map<String, byte[]>> trees,
    Map<String, ObjectNode> commits,
    List<String> moves) {

  private static final String MAIN = "tree of main";

  FakeGit(Map<String, String> branches, Map<String, Map<String, byte[]>> files) {
    this(branches, files, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
  }

  Optional<JsonNode> found(String kind, String name) {
    if (kind.equals("commits")) {
      var isMain = name.equals(branches.get("main"));
      return isMain ? Optional.of(named("tree", MAIN)) : Optional.ofNullable(commits.get(name));
    }
    return Optional.ofNullable(branches.get(name)).map(commit -> named("object", commit));
  }

  private static ObjectNode named(String key, String id) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.putObject(key).put("sha", id);
    return answer;
  }

  JsonNode made(String kind, JsonNode sent) {
    return switch (kind) {
      case "blobs" -> blob(Base64.getDecoder().decode(sent.path("content").asText()));
      case "trees" -> tree(sent);
      case "commits" -> commit(sent);
      default -> moved(sent.path("ref").asText().substring("refs/heads/".length()), sent);
    };
  }

  private JsonNode blob(byte[] content) {
    var id = GithubFiles.blobOf(content);
    blobs.put(id, content);
    return id(id);
  }

  private JsonNode tree(JsonNode sent) {
    var tree = new TreeMap<>(of(sent.path("base_tree").asText()));
    for (var entry : sent.path("tree")) {
      tree.put(entry.path("path").asText(), blobs.get(entry.path("sha").asText()));
    }
    // As in Git, what is the same is called the same.
    var id = new StringBuilder();
    tree.forEach((path, bytes) -> id.append(path).append(GithubFiles.blobOf(bytes)));
    return added(GithubFiles.blobOf(id.toString().getBytes(UTF_8)), tree);
  }

  /** On top of main, which is all that is asked for. */
  private JsonNode commit(JsonNode sent) {
    var parent = sent.path("parents").path(0).asText();
    if (!parent.equals(branches.get("main"))) {
      return JsonNodeFactory.instance.objectNode();
    }
    var tree = sent.path("tree").asText();
    var id = "cc%038d".formatted(commits.size());
    var commit = named("tree", tree);
    commit.putArray("parents").addObject().put("sha", parent);
    commits.put(id, commit);
    return added(id, of(tree));
  }

  private JsonNode added(String id, Map<String, byte[]> tree) {
    trees.put(id, tree);
    return id(id);
  }

  private Map<String, byte[]> of(String id) {
    var isMain = id.equals(MAIN) || id.equals(branches.get("main"));
    return Objects.requireNonNull(isMain ? files.get("main") : trees.get(id), id);
  }

  JsonNode moved(String branch, JsonNode sent) {
    var commit = sent.path("sha").asText();
    moves.add(commit);
    branches.put(branch, commit);
    files.put(branch, new TreeMap<>(of(commit)));
    return id(commit);
  }

  private static JsonNode id(String id) {
    return JsonNodeFactory.instance.objectNode().put("sha", id);
  }
}
