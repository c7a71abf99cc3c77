package dev.fairway.channel;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Digest;
import dev.fairway.release.CanonicalJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody says of a release in a channel: an in-toto Statement, version 1.
 *
 * @param channel whose gate asks for it, or, of health, whose fleet was looked at
 * @param kind the word in {@code https://fairway.dev/<kind>/v1}
 * @param moved the commit that a statement of the kind {@code promotion} is about, and no other
 * @param time when it was found so, in whole seconds
 * @param details the rest of the predicate, which depends on the kind
 */
public record Statement(
    String channel,
    Digest release,
    String kind,
    Optional<Moved> moved,
    Instant time,
    Result result,
    ObjectNode details) {
  static final String TYPE = "https://in-toto.io/Statement/v1";
  static final String TIME = "time";
  static final String RESULT = "result";

  /** Members of a predicate that are not details. */
  public static final List<String> RESERVED = List.of(TIME, RESULT);

  public enum Result {
    passed,
    failed
  }

  /** A branch, and the commit that it was moved to: 40 hexadecimal digits. */
  public record Moved(String branch, String commit) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    public Moved {
      if (branch.isBlank() || !isCommit(commit)) {
        throw new IllegalArgumentException("not a branch and a commit: " + branch + " " + commit);
      }
    }

    static boolean isCommit(String text) {
      return COMMIT.matcher(text).matches();
    }
  }

  public Statement {
    EvidencePath.requireWord(channel);
    EvidencePath.requireWord(kind);
    time = time.truncatedTo(SECONDS);
    details = copy(details);
    if (RESERVED.stream().anyMatch(details::has)) {
      throw new IllegalArgumentException("a detail that every statement has by itself");
    }
  }

  /** Trees of Jackson can be changed, a statement can't. */
  @Override
  public ObjectNode details() {
    return copy(details);
  }

  /** The same as if it had been said of another time. */
  Statement at(Instant another) {
    return new Statement(channel, release, kind, moved, another, result, details);
  }

  /** A detail of one line of text. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(details.get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  /** A detail that is a list of texts; empty when it is none. */
  public List<String> texts(String name) {
    return details.path(name).valueStream().map(JsonNode::asText).toList();
  }

  public boolean isPassed() {
    return result == Result.passed;
  }

  String predicateType() {
    return "https://fairway.dev/" + kind + "/v1";
  }

  /** The statement's one form, which is what is signed. */
  public String json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("_type", TYPE);
    var subject = json.putArray("subject");
    subject.addObject().put("name", channel).putObject("digest").put("sha256", release.hex());
    moved.ifPresent(to ->
        subject
            .addObject()
            .put("name", to.branch())
            .putObject("digest")
            .put("gitCommit", to.commit()));
    json.put("predicateType", predicateType());
    var predicate = json.putObject("predicate");
    predicate.setAll(details);
    predicate.put(TIME, time.toString()).put(RESULT, result.name());
    return CanonicalJson.text(json);
  }

  private static ObjectNode copy(ObjectNode tree) {
    return (ObjectNode) CanonicalJson.sorted(tree);
  }
}
