package dev.fairway.channel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Statement.Result;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import dev.fairway.model.EvidenceKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What somebody wants to say.
 *
 * @param channel whose gate asks for it, or, of health, whose fleet was looked at
 * @param release its digest or the beginning of it; empty for the candidate of the channel, or, of
 *     health, what the channel has
 * @param details what the kind's predicate has beside time and result
 * @param look at the channel's clusters, from which result, details and time of a statement on
 *     their health follow
 */
public record EvidenceWish(
    String channel,
    Optional<String> release,
    String kind,
    Result result,
    ObjectNode details,
    Optional<FleetLook> look) {

  public EvidenceWish(
      String channel, Optional<String> release, String kind, Result result, ObjectNode details) {
    this(channel, release, kind, result, details, Optional.empty());
  }

  /** What follows from a look at the channel's clusters; of the kind {@code health} only. */
  public static EvidenceWish seen(
      String channel, Optional<String> release, String kind, FleetLook look) {
    var nothing = JsonNodeFactory.instance.objectNode();
    return new EvidenceWish(channel, release, kind, Result.passed, nothing, Optional.of(look));
  }

  /** That a member of a group agrees. */
  public static EvidenceWish approval(String channel, Optional<String> release, String group) {
    var details = JsonNodeFactory.instance.objectNode().put(KindRules.GROUP, group);
    return new EvidenceWish(channel, release, EvidenceKind.APPROVAL, Result.passed, details);
  }

  Outcome<Statement> statement(Scene scene, Instant now) {
    var place = scene.channel(channel);
    if (!EvidencePath.isWord(kind)) {
      return malformed("'%s' is no kind".formatted(kind));
    }
    if (look.isPresent() && !kind.equals(EvidenceKind.HEALTH)) {
      return malformed("a look at clusters says something of health, not of " + kind);
    }
    for (var reserved : Statement.RESERVED) {
      if (details.has(reserved)) {
        return malformed("it has a %s, which every statement has by itself".formatted(reserved));
      }
    }
    var digest = release.map(name -> named(scene, name)).orElseGet(() -> implied(scene, place));
    var said =
        look.map(seen -> statement(scene, place, digest, seen, now))
            .orElseGet(() ->
                new Statement(
                    channel, digest, kind, Optional.empty(), now, result, complete(scene, place)));
    try {
      KindRules.requireShape(said);
      return Outcome.of(said);
    } catch (MalformedEvidenceException e) {
      return malformed(e.why());
    }
  }

  /** What the channel has now is what a loss is of, and what the next move starts from. */
  private ObjectNode complete(Scene scene, Channel place) {
    var complete = details.deepCopy();
    if (kind.equals(EvidenceKind.OVERRIDE) && !details.has(KindRules.AFTER)) {
      scene
          .branches()
          .tip(place.branch())
          .ifPresent(tip -> complete.put(KindRules.AFTER, tip.name()));
    }
    if (kind.equals(EvidenceKind.ACKNOWLEDGEMENT) && !details.has(Losses.FROM)) {
      tip(scene, place).forEach(release -> complete.put(Losses.FROM, release.hex()));
    }
    return complete;
  }

  /** Passed when every cluster is well; a channel without one has nothing that could be ill. */
  private Statement statement(
      Scene scene, Channel place, Digest digest, FleetLook seen, Instant now) {
    var clusters = JsonNodeFactory.instance.objectNode();
    var members = members(scene, place);
    members.ready().forEach(alias -> clusters.put(alias, seen.word(alias, digest)));
    members.unreadable().forEach(file -> clusters.put(file, "its record can't be read"));
    var passed = clusters.valueStream().allMatch(word -> word.asText().equals(FleetLook.WELL));
    var details = JsonNodeFactory.instance.objectNode();
    details.set("clusters", clusters);
    return new Statement(
        channel,
        digest,
        kind,
        Optional.empty(),
        seen.earliest(members.ready()).filter(now::isAfter).orElse(now),
        passed ? Result.passed : Result.failed,
        details);
  }

  /** The records are main's, read as the release reads them that the channel has. */
  private ChannelFleet.Members members(Scene scene, Channel place) {
    var tip =
        scene
            .tip(place)
            .orElseThrow(() ->
                Refusal.of(
                    Code.NO_CANDIDATE,
                    channel + " has no release that its clusters could run",
                    "promote one to it first; nothing was written"));
    return ChannelFleet.of(scene, scene.policy(), channel)
        .members(GitFailure.unwrap(scene.release(tip)));
  }

  private static Outcome<Statement> malformed(String why) {
    return Refusal.of(
            Code.WRONG_PREDICATE,
            "this can't be said: " + why,
            "see what each kind has in docs/operations/evidence.md; nothing was written")
        .outcome();
  }

  /**
   * A whole digest may be of any release there ever was, a commit is read, the beginning of a
   * digest is looked up.
   */
  private static Digest named(Scene scene, String name) {
    if (ObjectId.isId(name)) {
      var id = ObjectId.fromString(name);
      if (!scene.repository().has(id)) {
        throw Refusal.of(
            Code.NO_CANDIDATE,
            "this clone has no commit " + name,
            "fetch it: git fetch; nothing was written");
      }
      var commit = scene.repository().commit(id);
      return GitFailure.unwrap(scene.trees().read(commit.getTree().getId(), name, Optional.empty()))
          .digest();
    }
    if (name.matches("[0-9a-f]{64}")) {
      return new Digest(name);
    }
    var found =
        scene.policy().policies().channels().stream()
            .flatMap(place -> here(scene, place).stream())
            .distinct()
            .filter(release -> Promotions.isCalled(release, name))
            .toList();
    return only(found, "the release " + name);
  }

  private static List<Digest> here(Scene scene, Channel place) {
    var tip = tip(scene, place);
    return place.upstream().isPresent()
        ? tip
        : Stream.of(tip, published(scene)).flatMap(List::stream).toList();
  }

  private static List<Digest> published(Scene scene) {
    return scene.branches().below(Branches.PUBLISH).keySet().stream()
        .filter(name -> name.matches("[0-9a-f]{64}"))
        .map(Digest::new)
        .toList();
  }

  private Digest implied(Scene scene, Channel place) {
    if (kind.equals(EvidenceKind.HEALTH)) {
      return only(tip(scene, place), "the release that " + channel + " has");
    }
    return place
        .upstream()
        .map(upstream ->
            only(tip(scene, scene.channel(upstream)), "the release that " + upstream + " has"))
        .orElseGet(() -> only(published(scene), "the release that is published"));
  }

  private static List<Digest> tip(Scene scene, Channel place) {
    return scene.tip(place).map(commit -> commit.trailers().release()).stream().toList();
  }

  private static Digest only(List<Digest> found, String what) {
    if (found.size() != 1) {
      throw Refusal.of(
          Code.NO_CANDIDATE,
          found.isEmpty()
              ? "there is no " + what.substring("the ".length())
              : "%s may be any of %s".formatted(what, found),
          "name the release by its whole digest with --release; nothing was written");
    }
    return found.getFirst();
  }
}
