package dev.fairway.channel;

import dev.fairway.model.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a commit on a channel's branch says of itself, in the last paragraph of its message.
 *
 * @param release the digest of its tree
 * @param source the commit that the release was compiled from
 * @param policy the commit of main by whose policy it is judged
 * @param from the branch that it was promoted from: a channel's, or main for what was compiled
 * @param fromCommit the commit there
 * @param rolledBackFrom what the channel had before, when that is given up
 * @param hotfixOf what the channel had before, when that is mended past its upstream
 */
record Trailers(
    Digest release,
    ObjectId source,
    ObjectId policy,
    String from,
    ObjectId fromCommit,
    Optional<Digest> rolledBackFrom,
    Optional<Digest> hotfixOf) {
  private static final String RELEASE = "Release-Digest";
  private static final String SOURCE = "Source-Commit";
  private static final String POLICY = "Policy-Commit";
  private static final String FROM = "Promoted-From";
  private static final String ROLLED_BACK_FROM = "Rolled-Back-From";
  private static final String HOTFIX_OF = "Hotfix-Of";
  private static final List<String> REQUIRED = List.of(RELEASE, SOURCE, POLICY, FROM);

  private static final Set<String> KNOWN =
      Set.of(RELEASE, SOURCE, POLICY, FROM, ROLLED_BACK_FROM, HOTFIX_OF);

  private static final Pattern LINE = Pattern.compile("([A-Za-z-]+): (\\S+)");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** As read, or why they can't be. */
  record Read(Optional<Trailers> trailers, String problem) {
    private static Read wrong(String problem) {
      return new Read(Optional.empty(), problem);
    }
  }

  /** The paragraph, each trailer a line. */
  String text() {
    var text = new StringBuilder();
    line(text, RELEASE, release.hex());
    line(text, SOURCE, source.name());
    line(text, POLICY, policy.name());
    line(text, FROM, from + "@" + fromCommit.name());
    rolledBackFrom.ifPresent(digest -> line(text, ROLLED_BACK_FROM, digest.hex()));
    hotfixOf.ifPresent(digest -> line(text, HOTFIX_OF, digest.hex()));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  /** Reads strictly: what two readers could take for two things is refused. */
  static Read read(String message) {
    if (message.chars().anyMatch(letter -> letter != '\n' && Character.isISOControl(letter))) {
      return Read.wrong("its message has control characters");
    }
    var paragraphs = List.of(message.replaceFirst("\n+\\z", "").split("\n\n"));
    if (paragraphs.size() < 2) {
      return Read.wrong("it has no trailers");
    }
    var found = new LinkedHashMap<String, String>();
    for (var line : paragraphs.getLast().split("\n", -1)) {
      var match = LINE.matcher(line);
      if (!match.matches()) {
        return Read.wrong("it has no trailers, but: " + line);
      }
      if (!KNOWN.contains(match.group(1))) {
        return Read.wrong("no promotion has its trailer " + match.group(1));
      }
      if (found.put(match.group(1), match.group(2)) != null) {
        return Read.wrong("it has the trailer %s twice".formatted(match.group(1)));
      }
    }
    var lacking = REQUIRED.stream().filter(name -> !found.containsKey(name)).toList();
    return lacking.isEmpty()
        ? read(found)
        : Read.wrong("it lacks the trailer " + String.join(" and ", lacking));
  }

  private static Read read(Map<String, String> found) {
    if (found.containsKey(ROLLED_BACK_FROM) && found.containsKey(HOTFIX_OF)) {
      return Read.wrong("it has both the trailer %s and %s".formatted(ROLLED_BACK_FROM, HOTFIX_OF));
    }
    var problems = new ArrayList<String>();
    check(found, List.of(SOURCE, POLICY), COMMIT, problems);
    check(found, List.of(RELEASE, ROLLED_BACK_FROM, HOTFIX_OF), DIGEST, problems);
    var from = found.getOrDefault(FROM, "").split("@", -1);
    if (from.length != 2 || from[0].isEmpty() || !COMMIT.matcher(from[1]).matches()) {
      problems.add(FROM);
    }
    if (!problems.isEmpty()) {
      var name = problems.getFirst();
      return Read.wrong("its trailer %s can't be %s".formatted(name, found.get(name)));
    }
    return new Read(
        Optional.of(
            new Trailers(
                new Digest(value(found, RELEASE)),
                ObjectId.fromString(value(found, SOURCE)),
                ObjectId.fromString(value(found, POLICY)),
                from[0],
                ObjectId.fromString(from[1]),
                Optional.ofNullable(found.get(ROLLED_BACK_FROM)).map(Digest::new),
                Optional.ofNullable(found.get(HOTFIX_OF)).map(Digest::new))),
        "");
  }

  private static String value(Map<String, String> found, String name) {
    return Optional.ofNullable(found.get(name)).orElseThrow();
  }

  private static void check(
      Map<String, String> found, List<String> names, Pattern form, List<String> problems) {
    names.stream()
        .filter(found::containsKey)
        .filter(name -> !form.matcher(value(found, name)).matches())
        .forEach(problems::add);
  }
}
