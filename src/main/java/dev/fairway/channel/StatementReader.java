package dev.fairway.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Statement.Moved;
import dev.fairway.model.Digest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads statements, each member of which must be there, and no other. */
final class StatementReader {
  private static final Pattern PREDICATE_TYPE = Pattern.compile("https://fairway\\.dev/(.+)/v1");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private StatementReader() {}

  static Statement read(String text) throws MalformedEvidenceException {
    var json = StrictJson.read(text, "the statement");
    json.of("_type", "subject", "predicateType", "predicate").expect("_type", Statement.TYPE);
    var subjects = json.items("subject");
    if (subjects.isEmpty() || subjects.size() > 2) {
      throw new MalformedEvidenceException("it has %d subjects".formatted(subjects.size()));
    }
    var predicate = json.get("predicate");
    var statement =
        new Statement(
            word(subjects.getFirst().of("name", "digest").text("name")),
            release(subjects.getFirst().get("digest")),
            kind(json.text("predicateType")),
            moved(subjects),
            time(predicate.text(Statement.TIME)),
            result(predicate.text(Statement.RESULT)),
            details(predicate));
    KindRules.requireShape(statement);
    return statement;
  }

  private static String word(String text) throws MalformedEvidenceException {
    if (!EvidencePath.isWord(text)) {
      throw new MalformedEvidenceException("'%s' is no name of a channel or kind".formatted(text));
    }
    return text;
  }

  private static Digest release(StrictJson digest) throws MalformedEvidenceException {
    var hex = digest.of("sha256").text("sha256");
    if (!SHA256.matcher(hex).matches()) {
      throw new MalformedEvidenceException("'%s' is no SHA-256 of a release".formatted(hex));
    }
    return new Digest(hex);
  }

  private static String kind(String predicateType) throws MalformedEvidenceException {
    var form = PREDICATE_TYPE.matcher(predicateType);
    if (!form.matches()) {
      throw new MalformedEvidenceException(
          "its predicateType is '%s', not https://fairway.dev/KIND/v1".formatted(predicateType));
    }
    return word(form.group(1));
  }

  private static Optional<Moved> moved(List<StrictJson> subjects)
      throws MalformedEvidenceException {
    if (subjects.size() < 2) {
      return Optional.empty();
    }
    var branch = subjects.get(1).of("name", "digest").text("name");
    var commit = subjects.get(1).get("digest").of("gitCommit").text("gitCommit");
    if (branch.isBlank() || !Moved.isCommit(commit)) {
      throw new MalformedEvidenceException("'%s' is no commit of a branch".formatted(commit));
    }
    return Optional.of(new Moved(branch, commit));
  }

  /** Only whole seconds, in UTC: the form in which a statement writes it. */
  private static Instant time(String text) throws MalformedEvidenceException {
    try {
      var time = Instant.parse(text);
      if (time.equals(time.truncatedTo(ChronoUnit.SECONDS)) && time.toString().equals(text)) {
        return time;
      }
    } catch (DateTimeException _) {
      // Said below, as of any other text that is no time.
    }
    throw new MalformedEvidenceException(
        "its time is '%s', not such as 2026-03-01T12:00:00Z".formatted(text));
  }

  private static Statement.Result result(String text) throws MalformedEvidenceException {
    return switch (text) {
      case "passed" -> Statement.Result.passed;
      case "failed" -> Statement.Result.failed;
      default ->
          throw new MalformedEvidenceException(
              "its result is '%s', neither passed nor failed".formatted(text));
    };
  }

  private static ObjectNode details(StrictJson predicate) {
    ObjectNode details = predicate.tree().deepCopy();
    return details.remove(Statement.RESERVED);
  }
}
