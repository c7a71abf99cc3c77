package dev.fairway.channel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.channel.RefusalsTest.Case;
import dev.fairway.channel.RefusalsTest.Stage;
import dev.fairway.channel.Statement.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** Somebody who can push whatever they like has done so. */
final class TamperingRefusals {
  private static final String BELL = "manifests/bell.yaml";

  private TamperingRefusals() {}

  /** What they did to the remote. */
  interface Forgery {
    void by(Forger forger, Harbour harbour) throws IOException;
  }

  private static Case dev(String what, Forgery forgery) {
    return of(what, Stage.IN_DEV, "alpha", forgery);
  }

  /** Of which a new clone is told. */
  private static Case of(String what, Stage stage, String channel, Forgery forgery) {
    return known(
        what,
        stage,
        channel,
        (forger, harbour) -> {
          forgery.by(forger, harbour);
          harbour.forget();
        });
  }

  /** Of which the clone is told that saw how it was. */
  private static Case known(String what, Stage stage, String channel, Forgery forgery) {
    return new Case(
        "Tampering",
        what,
        stage,
        (harbour, release) -> {
          harbour.pass(Duration.ofHours(24));
          if (stage == Stage.PUBLISHED) {
            harbour.attest("conformance", "dev", release, harbour.ci);
          }
          try (var forger = new Forger(harbour.remote)) {
            forgery.by(forger, harbour);
          }
          var before = RefusalsTest.remoteState(harbour);
          var outcome = harbour.promote(channel);
          if (!RefusalsTest.remoteState(harbour).equals(before)) {
            throw new AssertionError("it moved something: " + outcome);
          }
          return outcome;
        });
  }

  static List<Case> cases() {
    return List.of(
        dev(
            "a file of the upstream's tree was changed",
            (f, h) ->
                tree(
                    f,
                    h,
                    "dev",
                    f.tree("dev", BELL, Optional.of("kind: Whistle\n"), FileMode.REGULAR_FILE))),
        dev(
            "a file was added to it",
            (f, h) ->
                tree(
                    f,
                    h,
                    "dev",
                    f.tree("dev", "notes.txt", Optional.of("hi\n"), FileMode.REGULAR_FILE))),
        dev(
            "a file was taken out of it",
            (f, h) ->
                tree(f, h, "dev", f.tree("dev", BELL, Optional.empty(), FileMode.REGULAR_FILE))),
        dev(
            "a file of it was made executable",
            (f, h) ->
                tree(
                    f,
                    h,
                    "dev",
                    f.tree(
                        "dev", BELL, Optional.of(f.text("dev", BELL)), FileMode.EXECUTABLE_FILE))),
        dev(
            "a file of it was made a link",
            (f, h) ->
                tree(
                    f,
                    h,
                    "dev",
                    f.tree("dev", BELL, Optional.of("/etc/passwd"), FileMode.SYMLINK))),
        dev("everything in it stands there twice", (f, h) -> tree(f, h, "dev", f.twice("dev"))),
        dev(
            "its manifest was changed",
            (f, h) ->
                tree(
                    f,
                    h,
                    "dev",
                    f.tree("dev", "release.json", Optional.of("{}\n"), FileMode.REGULAR_FILE))),
        dev(
            "another release stands in the place of the one that the commit names",
            (f, h) -> tree(f, h, "dev", otherRelease(h))),
        dev(
            "the upstream's commit is not signed",
            (f, h) ->
                f.replaceTip(
                    "dev", UnaryOperator.identity(), f.tip("dev").getTree(), Optional.empty())),
        dev(
            "it is signed by nobody known",
            (f, h) ->
                f.replaceTip(
                    "dev",
                    UnaryOperator.identity(),
                    f.tip("dev").getTree(),
                    Optional.of(h.stranger))),
        dev(
            "it is signed by somebody who may not move the channel",
            (f, h) ->
                f.replaceTip(
                    "dev", UnaryOperator.identity(), f.tip("dev").getTree(), Optional.of(h.ada))),
        dev(
            "somebody pushed a commit of their own",
            (f, h) ->
                f.replaceTip("dev", _ -> "Quick fix\n", f.tip("dev").getTree(), Optional.of(h.ci))),
        dev(
            "a trailer is missing",
            (f, h) -> message(f, h, text -> text.replaceAll("Policy-Commit: .*\n", ""))),
        dev(
            "a trailer stands there twice",
            (f, h) -> message(f, h, text -> text + "Release-Digest: " + "0".repeat(64) + "\n")),
        dev(
            "a trailer stands there that no promotion has",
            (f, h) -> message(f, h, text -> text + "Release-digest: " + "0".repeat(64) + "\n")),
        dev(
            "it is a rollback and a hotfix at once",
            (f, h) ->
                message(
                    f,
                    h,
                    text ->
                        text
                            + "Rolled-Back-From: %1$s\nHotfix-Of: %1$s\n"
                                .formatted("0".repeat(64)))),
        dev(
            "its lines end otherwise than git's",
            (f, h) -> message(f, h, text -> text.replaceAll("(: .*)\n", "$1\r\n"))),
        dev(
            "a trailer can't be read",
            (f, h) ->
                message(f, h, text -> text.replaceAll("Source-Commit: .*", "Source-Commit: HEAD"))),
        dev(
            "the source is no commit of main",
            (f, h) ->
                message(
                    f,
                    h,
                    text ->
                        text.replaceAll(
                            "(Source-Commit: |main@)[0-9a-f]{40}", "$1" + "1".repeat(40)))),
        dev(
            "the policy is no commit of main",
            (f, h) ->
                message(
                    f,
                    h,
                    text ->
                        text.replaceAll("(Policy-Commit: )[0-9a-f]{40}", "$1" + "2".repeat(40)))),
        dev("the policy is older than the channel", TamperingRefusals::oldPolicy),
        dev(
            "the upstream was merged into",
            (f, h) ->
                f.replaceTip(
                    "dev",
                    UnaryOperator.identity(),
                    f.tip("dev").getTree(),
                    Optional.of(h.ci),
                    f.tip("main"),
                    f.tip("evidence"))),
        dev(
            "the commit was made again, and no statement is about it",
            (f, h) -> message(f, h, text -> text.replace("Publish", "Please publish"))),
        dev(
            "a statement was taken away",
            (f, h) ->
                evidence(
                    f,
                    h,
                    f.tree(
                        "evidence",
                        f.evidence("promotion"),
                        Optional.empty(),
                        FileMode.REGULAR_FILE))),
        dev(
            "a statement was changed",
            (f, h) -> {
              var path = f.evidence("promotion");
              evidence(
                  f,
                  h,
                  f.tree(
                      "evidence",
                      path,
                      Optional.of(
                          f.text("evidence", path).replace("payload\": \"", "payload\": \"e30K")),
                      FileMode.REGULAR_FILE));
            }),
        dev(
            "evidence that the upstream stands on was taken away",
            (f, h) ->
                evidence(
                    f,
                    h,
                    f.tree(
                        "evidence",
                        f.evidence("conformance"),
                        Optional.empty(),
                        FileMode.REGULAR_FILE))),
        dev(
            "evidence that the upstream stands on was changed",
            (f, h) -> {
              var path = f.evidence("conformance");
              evidence(
                  f,
                  h,
                  f.tree(
                      "evidence",
                      path,
                      Optional.of(f.text("evidence", path) + "\n"),
                      FileMode.REGULAR_FILE));
            }),
        dev("a failure was taken away, by nobody known", TamperingRefusals::takenAway),
        dev(
            "everything in evidence stands there twice",
            (f, h) -> {
              var tip = f.tip("evidence");
              f.move(
                  "evidence",
                  f.commit(
                      f.twice("evidence"), "Add", Optional.of(h.grace), Forger.time(tip), tip));
            }),
        known(
            "evidence was set back",
            Stage.IN_DEV,
            "alpha",
            (_, h) -> h.remoteGit("update-ref", "refs/heads/evidence", "evidence~1")),
        known(
            "evidence was added at a time that is still to come",
            Stage.IN_DEV,
            "alpha",
            (_, h) -> {
              var now = h.now;
              h.pass(Duration.ofHours(2));
              h.attest("load-test", "dev", TinyReleases.of("other"), h.ci);
              h.now = now;
            }),
        dev(
            "the upstream's move is dated back",
            (_, h) ->
                sayAgain(
                    h,
                    h.statement("dev"),
                    () -> h.attest("load-test", "dev", TinyReleases.of("other"), h.ci))),
        dev(
            "the upstream's move is one that failed",
            (_, h) -> {
              var said = h.statement("dev");
              sayAgain(
                  h,
                  new Statement(
                      said.channel(),
                      said.release(),
                      said.kind(),
                      said.moved(),
                      said.time(),
                      Statement.Result.failed,
                      said.details()),
                  () -> {});
            }),
        known(
            "main ended the key that moved the upstream before that",
            Stage.IN_DEV,
            "alpha",
            (_, h) -> {
              var until = Harbour.START.minusSeconds(1);
              h.files.put(
                  "channels/trust.yaml",
                  h.trust()
                          .replaceFirst(
                              "(?s)(owner: ci.*?from: [^\n]*\n)", "$1    until: " + until + "\n")
                      + Harbour.key(
                          "robot",
                          h.stranger,
                          """
                              promotes: [dev, alpha, stable]
                              attests: [conformance, health]
                          """));
              h.main("end the key of ci");
            }),
        known(
            "a channel's branch was taken away",
            Stage.IN_ALPHA,
            "alpha",
            (_, h) -> h.remoteGit("update-ref", "-d", "refs/heads/alpha")),
        of(
            "a channel's branch was taken away before this clone was made",
            Stage.IN_ALPHA,
            "alpha",
            (_, h) -> h.remoteGit("update-ref", "-d", "refs/heads/alpha")),
        of(
            "what is published was changed",
            Stage.PUBLISHED,
            "dev",
            (f, h) -> {
              var head = head(h);
              tree(
                  f,
                  h,
                  head,
                  f.tree(head, BELL, Optional.of("kind: Whistle\n"), FileMode.REGULAR_FILE));
            }),
        of(
            "what is published is signed by nobody known",
            Stage.PUBLISHED,
            "dev",
            (f, h) -> {
              var head = head(h);
              f.replaceTip(
                  head, UnaryOperator.identity(), f.tip(head).getTree(), Optional.of(h.stranger));
            }),
        of(
            "the channel itself has what its upstream never had",
            Stage.IN_ALPHA,
            "stable",
            (f, h) -> {
              var dev = f.tip("dev");
              f.move(
                  "stable",
                  f.commit(
                      dev.getTree(),
                      f.tip("alpha").getFullMessage().replaceAll("dev@", "alpha@"),
                      Optional.of(h.ci),
                      Forger.time(f.tip("alpha"))));
              f.move(
                  "alpha",
                  f.commit(
                      otherRelease(h),
                      f.tip("alpha").getFullMessage(),
                      Optional.of(h.ci),
                      Forger.time(dev)));
            }),
        of(
            "the upstream's tree is not the one that it was promoted from",
            Stage.IN_ALPHA,
            "stable",
            (f, h) -> {
              var other = otherRelease(h);
              var digest = TinyReleases.of("other").digest().hex();
              f.replaceTip(
                  "alpha",
                  text -> text.replaceAll("(Release-Digest: )[0-9a-f]{64}", "$1" + digest),
                  other,
                  Optional.of(h.ci));
            }));
  }

  /** As if it had been said only now, after something else. */
  private static void sayAgain(Harbour h, Statement said, Runnable before) throws IOException {
    h.remoteGit("update-ref", "refs/heads/evidence", "evidence~1");
    h.forget();
    before.run();
    h.add(Addition.of(said, h.ci), h.ci);
  }

  private static void tree(Forger f, Harbour h, String branch, ObjectId tree) throws IOException {
    f.replaceTip(branch, UnaryOperator.identity(), tree, Optional.of(h.ci));
  }

  private static void message(Forger f, Harbour h, UnaryOperator<String> change)
      throws IOException {
    f.replaceTip("dev", change, f.tip("dev").getTree(), Optional.of(h.ci));
  }

  private static void evidence(Forger f, Harbour h, ObjectId tree) throws IOException {
    f.replaceTip("evidence", UnaryOperator.identity(), tree, Optional.of(h.ci));
  }

  private static void takenAway(Forger f, Harbour h) throws IOException {
    h.say(
        "load-test",
        "dev",
        TinyReleases.of("one").digest(),
        h.ci,
        JsonNodeFactory.instance.objectNode(),
        Result.failed);
    var tip = f.tip("evidence");
    var without =
        f.tree("evidence", f.evidence("load-test"), Optional.empty(), FileMode.REGULAR_FILE);
    f.move("evidence", f.commit(without, "Tidy up", Optional.empty(), Forger.time(tip), tip));
  }

  private static ObjectId otherRelease(Harbour h) {
    try (var remote = h.open(h.remote)) {
      return ReleaseTrees.of(remote.git()).of(TinyReleases.of("other"), false, Pace.STEADY);
    }
  }

  private static String head(Harbour h) throws IOException {
    return h.remoteGit("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/publish");
  }

  /** Of before the keys were trusted with anything else: main's first commit has no policy. */
  private static void oldPolicy(Forger f, Harbour h) throws IOException {
    var first = h.remoteGit("rev-list", "--max-parents=0", "main");
    var tip = f.tip("dev");
    var message = tip.getFullMessage().replaceAll("(Policy-Commit: )[0-9a-f]{40}", "$1" + first);
    f.move("dev", f.commit(tip.getTree(), message, Optional.of(h.ci), Forger.time(tip), tip));
  }
}
