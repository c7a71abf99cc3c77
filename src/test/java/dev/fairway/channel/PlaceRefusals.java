package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;

import dev.fairway.channel.RefusalsTest.Attempt;
import dev.fairway.channel.RefusalsTest.Case;
import dev.fairway.channel.RefusalsTest.Stage;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Repositories, commits and keys that an act can't work with. */
final class PlaceRefusals {
  private PlaceRefusals() {}

  private static Case repository(String what, Attempt attempt) {
    return new Case("Repositories and remotes", what, Stage.IN_DEV, attempt);
  }

  private static Case act(String what, Stage stage, Attempt attempt) {
    return new Case("Acts", what, stage, attempt);
  }

  private static Case key(String what, Stage stage, Attempt attempt) {
    return new Case("Keys", what, stage, attempt);
  }

  static List<Case> cases() {
    return List.of(
        key(
            "a key that nobody knows",
            Stage.IN_DEV,
            (h, _) -> {
              h.pass(Duration.ofHours(24));
              return h.promote("alpha", h.stranger);
            }),
        key(
            "a key that may move other channels",
            Stage.IN_DEV,
            (h, _) -> {
              h.pass(Duration.ofHours(24));
              return h.promote("alpha", h.ada);
            }),
        key(
            "no key at all",
            Stage.IN_DEV,
            (h, _) -> {
              h.pass(Duration.ofHours(24));
              return keyless(h);
            }),
        key(
            "an override by a key that is not trusted with it",
            Stage.IN_ALPHA,
            (h, r) -> {
              h.inAlpha("two");
              return rollback(h, "alpha", r.digest().hex(), h.ci);
            }),
        repository("a folder that is no clone", (h, _) -> at(h, h.clone.getRoot())),
        repository(
            "a clone without a remote",
            (h, _) -> {
              git(h.clone, "remote", "remove", "origin");
              return h.promote("alpha");
            }),
        repository(
            "a shallow clone",
            (h, _) -> {
              git(h.clone, "clone", "-q", "--depth", "1", "file://" + h.remote, "shallow");
              // As where somebody is has no name by itself.
              var here = Path.of("").toAbsolutePath();
              return at(h, here.relativize(h.clone.resolve("shallow")));
            }),
        repository(
            "a partial clone",
            (h, _) -> {
              git(h.clone, "config", "remote.origin.promisor", "true");
              return at(h, h.clone);
            }),
        repository(
            "a clone that lacks a file",
            (h, _) -> {
              var file = git(h.clone, "rev-parse", "origin/dev:release.json");
              var folder = h.clone.resolve(".git/objects").resolve(file.substring(0, 2));
              Files.delete(folder.resolve(file.substring(2)));
              return h.promote("alpha");
            }),
        repository(
            "a remote that is not there",
            (h, _) -> {
              git(h.clone, "remote", "set-url", "origin", "../nowhere.git");
              return h.promote("alpha");
            }),
        repository(
            "a remote without main",
            (h, _) -> {
              h.remoteGit("update-ref", "-d", "refs/heads/main");
              return h.promote("alpha");
            }),
        repository(
            "a link instead of policies, on main",
            (h, _) -> {
              var link = git(h.clone, "rev-parse", "HEAD:source.txt");
              git(h.clone, "rm", "-q", "-r", "--cached", "channels");
              git(h.clone, "update-index", "--add", "--cacheinfo", "120000," + link + ",channels");
              git(h.clone, "commit", "-q", "-m", "link");
              git(h.clone, "push", "-q", "origin", "HEAD:main");
              return h.promote("alpha");
            }),
        repository(
            "a main that was merged the wrong way round",
            (h, _) -> {
              git(h.clone, "switch", "-q", "-c", "mine", "main~1");
              git(h.clone, "commit", "-q", "--allow-empty", "-m", "mine");
              git(h.clone, "merge", "-q", "-m", "merge", "main");
              git(h.clone, "push", "-q", "origin", "HEAD:main");
              return h.promote("alpha");
            }),
        repository("a remote that takes no push", PlaceRefusals::protectedRemote),
        repository(
            "a lock that a killed process left in a remote that is a folder",
            (h, _) -> {
              h.pass(Duration.ofHours(24));
              Files.createFile(h.remote.resolve("refs/heads/evidence.lock"));
              return h.promote("alpha");
            }),
        repository(
            "a branch of somebody's below the channel's name",
            (h, _) -> {
              h.pass(Duration.ofHours(24));
              h.remoteGit("branch", "alpha/idea", "main");
              return h.promote("alpha");
            }),
        repository(
            "a remote that may move half of a push",
            (h, _) -> {
              h.pass(Duration.ofHours(24));
              Harbour.toServerOfGit(h.clone);
              h.remoteGit("config", "receive.advertiseAtomic", "false");
              return h.promote("alpha");
            }),
        repository(
            "a clone that pushes to another address",
            (h, _) -> {
              git(h.clone, "config", "remote.origin.pushurl", "../other.git");
              return h.promote("alpha");
            }),
        repository(
            "a clock that is behind",
            (h, _) -> {
              h.pass(Duration.ofMinutes(-10));
              return h.promote("alpha");
            }),
        act("a channel that nobody knows", Stage.IN_DEV, (h, _) -> h.promote("alhpa")),
        act("an upstream that has nothing", Stage.IN_DEV, (h, _) -> h.promote("stable")),
        act("nothing is published", Stage.IN_DEV, (h, _) -> promote(h, "dev", "0123456789")),
        act(
            "the upstream has another release",
            Stage.IN_DEV,
            (h, _) -> promote(h, "alpha", "0123456789")),
        act(
            "a detached HEAD",
            Stage.PUBLISHED,
            (h, _) -> {
              git(h.clone, "checkout", "-q", "--detach");
              return h.publish(TinyReleases.of("two"));
            }),
        act(
            "a dirty tree",
            Stage.PUBLISHED,
            (h, _) -> {
              Files.writeString(h.clone.resolve("source.txt"), "changed\n");
              return h.publish(TinyReleases.of("two"));
            }),
        act(
            "a file that nobody added",
            Stage.PUBLISHED,
            (h, _) -> {
              Files.writeString(h.clone.resolve("new.txt"), "new\n");
              return h.publish(TinyReleases.of("two"));
            }),
        act(
            "a file that git is told not to look at",
            Stage.PUBLISHED,
            (h, _) -> {
              git(h.clone, "update-index", "--assume-unchanged", "source.txt");
              return h.publish(TinyReleases.of("two"));
            }),
        act(
            "a clone that is not what would be compiled",
            Stage.PUBLISHED,
            (h, _) -> {
              try (var clone = h.open()) {
                var two = Outcome.of(TinyReleases.of("two"));
                return SourcedRelease.compiled(clone, h.remote, () -> two)
                    .then(release -> h.acts(clone, h.ci).publish(release, false));
              }
            }),
        act(
            "a commit that main does not have",
            Stage.PUBLISHED,
            (h, _) -> {
              h.commit("two", false);
              return h.publish(TinyReleases.of("two"));
            }),
        act(
            "a rollback to what the channel never had",
            Stage.IN_ALPHA,
            (h, _) -> rollback(h, "alpha", "0123456789", h.ada)),
        act(
            "a rollback of a channel that has nothing",
            Stage.IN_ALPHA,
            (h, _) -> rollback(h, "stable", "0123456789", h.ada)),
        act(
            "a hotfix of something else",
            Stage.IN_ALPHA,
            (h, _) -> {
              git(h.clone, "switch", "-q", "-c", "hotfix", "HEAD~1");
              h.commit("mended", true);
              return hotfix(h);
            }),
        act(
            "a hotfix that nobody else can see",
            Stage.IN_ALPHA,
            (h, _) -> {
              git(h.clone, "switch", "-q", "-c", "hotfix");
              h.commit("mended", false);
              return hotfix(h);
            }),
        act(
            "a hotfix without its overrides",
            Stage.IN_ALPHA,
            (h, _) -> {
              git(h.clone, "switch", "-q", "-c", "hotfix");
              h.commit("mended", true);
              return hotfix(h);
            }));
  }

  private static Outcome<ActReport> at(Harbour h, Path folder) {
    return ChannelRepository.open(folder, RepositoryAccess.ANONYMOUS)
        .then(repository -> h.acts(repository, h.ci).promote("alpha", Optional.empty(), false));
  }

  private static Outcome<ActReport> promote(Harbour h, String channel, String release) {
    try (var repository = h.open()) {
      return h.acts(repository, h.ci).promote(channel, Optional.of(release), false);
    }
  }

  private static Outcome<ActReport> keyless(Harbour h) {
    try (var repository = h.open()) {
      return new Promotions(
              repository, Optional.empty(), InstantSource.fixed(h.now), (_, _) -> h.losses)
          .promote("alpha", Optional.empty(), false);
    }
  }

  private static Outcome<ActReport> rollback(Harbour h, String channel, String to, SigningKey key) {
    var override = new OverriddenGates(List.of(Gate.FREEZES), "it does not boot");
    try (var repository = h.open()) {
      return h.acts(repository, key).rollback(channel, to, override, false);
    }
  }

  private static Outcome<ActReport> hotfix(Harbour h) {
    try (var repository = h.open()) {
      return h.acts(repository, h.ci)
          .hotfix("alpha", TinyReleases.of("mended"), OverriddenGates.NONE, false);
    }
  }

  private static Outcome<ActReport> protectedRemote(Harbour h, Object ignored) throws IOException {
    h.pass(Duration.ofHours(24));
    var hook = h.remote.resolve("hooks/update");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\necho branches are protected >&2\nexit 1\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    git(h.clone, "config", "remote.origin.receivepack", "/usr/bin/git-receive-pack");
    return h.promote("alpha");
  }
}
