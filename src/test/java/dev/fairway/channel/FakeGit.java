package dev.fairway.channel;

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
 * @param moves which commits branches were put on
 */
record FakeGit(
    Map<String, String> branches,
    Map<String, Map<String, byte[]>> files,
    Map<String, byte[]> blobs,
    Map<String, Map<String, byte[]>> trees,
    List<String> moves) {

  private static final String MAIN = "tree of main";

  FakeGit(Map<String, String> branches, Map<String, Map<String, byte[]>> files) {
    this(branches, files, new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
  }

  Optional<JsonNode> found(String kind, String name) {
    if (kind.equals("commits")) {
      return Optional.of(named("tree", name.equals(branches.get("main")) ? MAIN : name));
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
    return added("ee", tree);
  }

  /** On top of main, which is all that is asked for. */
  private JsonNode commit(JsonNode sent) {
    return sent.path("parents").path(0).asText().equals(branches.get("main"))
        ? added("cc", of(sent.path("tree").asText()))
        : JsonNodeFactory.instance.objectNode();
  }

  private JsonNode added(String start, Map<String, byte[]> tree) {
    var id = start + "%038d".formatted(trees.size());
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
