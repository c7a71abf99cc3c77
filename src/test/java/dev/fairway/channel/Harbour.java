package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.Trees;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A remote with channels, a clone of it, people with keys, and a clock that goes when told. */
final class Harbour {
  static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  static final String DEV = "name: dev\ngates:\n  evidence:\n    - conformance\n";
  static final String ALPHA = "name: alpha\nupstream: dev\ngates:\n  soak: 24h\n";
  static final String STABLE =
      """
      name: stable
      upstream: alpha
      gates:
        soak: 24h
        upstream_health: 30m
        approvals:
          count: 2
          group: platform
        change_budget:
          deleted: 1
          replaced: 0
      freezes:
        - reason: nobody is there
          time_zone: Europe/Berlin
          start: 2026-03-20T14:00
          duration: 58h
      """;

  final SigningKey ci;
  final SigningKey ada;
  final SigningKey grace;
  final SigningKey stranger = SigningKey.generate();
  final Path remote;
  final Path clone;
  final Map<String, String> files = new TreeMap<>();
  Instant now = START;
  Losses losses = Losses.NONE;
  Pace pace = Pace.STEADY;

  Harbour(Path folder) throws IOException {
    remote = folder.resolve("remote.git");
    clone = folder.resolve("clone");
    ci = SigningKey.generate();
    ada = SigningKey.generate();
    grace = SigningKey.generate();
    git(folder, "init", "-q", "--bare", "-b", "main", remote.toString());
    git(folder, "clone", "-q", remote.toString(), clone.toString());
    git(clone, "remote", "set-url", "origin", "../remote.git");
    files.put("channels/dev.yaml", DEV);
    files.put("channels/alpha.yaml", ALPHA);
    files.put("channels/stable.yaml", STABLE);
    files.put("channels/trust.yaml", trust());
    main("begin");
  }

  /** Another one that is as this one is now, with the same people. */
  private Harbour(Harbour other, Path folder) throws IOException {
    remote = folder.resolve("remote.git");
    clone = folder.resolve("clone");
    ci = other.ci;
    ada = other.ada;
    grace = other.grace;
    files.putAll(other.files);
    now = other.now;
    Trees.copy(other.remote, remote);
    Trees.copy(other.clone, clone);
  }

  Harbour copy(Path folder) throws IOException {
    return new Harbour(this, folder);
  }

  /**
   * Lets a clone push to the ordinary git's server: JGit's own, which a remote on the same disk has
   * else, removes the lock of another who sends the same pack.
   */
  static void toServerOfGit(Path clone) throws IOException {
    var server = Path.of(git(clone, "--exec-path")).resolve("git-receive-pack");
    git(clone, "config", "remote.origin.receivepack", server.toString());
  }

  String trust() {
    return "keys:\n"
        + key(
            "ci",
            ci,
            "    promotes: [dev, alpha, stable]\n    attests: [conformance, load-test, health]\n")
        + key(
            "ada",
            ada,
            "    promotes: [stable]\n    attests: [acknowledgement, conformance]\n"
                + "    overrides: [evidence, soak, upstream-health, approvals, change-budget,"
                + " freezes]\n    groups: [platform]\n")
        + key("grace", grace, "    attests: [acknowledgement]\n    groups: [platform]\n");
  }

  static String key(String owner, SigningKey key, String rights) {
    return "  - owner: %s\n    key: %s\n%s    from: 2026-01-01T00:00:00Z\n"
        .formatted(owner, key.publicKey(), rights);
  }

  /** A commit on main with the files, pushed; its name. */
  String main(String text) throws IOException {
    return commit(text, true);
  }

  String commit(String text, boolean push) throws IOException {
    files.put("source.txt", text + "\n");
    for (var file : files.entrySet()) {
      var path = clone.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    git(clone, "add", "-A");
    git(clone, "commit", "-q", "-m", text);
    if (push) {
      git(clone, "push", "-q", "origin", "HEAD");
    }
    return git(clone, "rev-parse", "HEAD");
  }

  ChannelRepository open() {
    return open(clone);
  }

  ChannelRepository open(Path folder) {
    return ChannelRepository.open(folder, RepositoryAccess.ANONYMOUS, pace).value().orElseThrow();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Promotions acts(ChannelRepository repository, SigningKey key) {
    return new Promotions(repository, Optional.of(key), InstantSource.fixed(now), (_, _) -> losses);
  }

  Outcome<ActReport> publish(Release release) {
    try (var repository = open()) {
      return acts(repository, ci).publish(release, false);
    }
  }

  /** By the clone, as it is after {@code git fetch}. */
  Outcome<Verified> verify(String channel) throws IOException {
    return verify(channel, Losses.NONE);
  }

  /**
   * The same.
   *
   * @param counted what a change takes away, as a Fairway of another time may count it
   */
  Outcome<Verified> verify(String channel, Losses counted) throws IOException {
    git(clone, "fetch", "-q");
    try (var repository = open()) {
      var clock = InstantSource.fixed(now);
      return new Overview(repository, true, clock, (_, _) -> counted).verify(channel);
    }
  }

  /** By which the channel moved to what it has. */
  Statement statement(String channel) {
    try (var repository = open()) {
      var scene = Scene.of(repository, repository.fetch());
      var commit = scene.tip(scene.channel(channel)).orElseThrow();
      return scene.stated(channel, commit, now).orElseThrow().statement();
    }
  }

  Outcome<ActReport> promote(String channel) {
    return promote(channel, ci);
  }

  Outcome<ActReport> promote(String channel, SigningKey key) {
    try (var repository = open()) {
      return acts(repository, key).promote(channel, Optional.empty(), false);
    }
  }

  /** A commit on main, its release in dev. */
  Release inDev(String text) throws IOException {
    main(text);
    var release = TinyReleases.of(text);
    mustMove(ActReport.State.PROPOSED, publish(release));
    attest("conformance", "dev", release, ci);
    mustMove(ActReport.State.MOVED, promote("dev"));
    return release;
  }

  Release inAlpha(String text) throws IOException {
    var release = inDev(text);
    pass(Duration.ofHours(24));
    mustMove(ActReport.State.MOVED, promote("alpha"));
    return release;
  }

  Release inStable(String text) throws IOException {
    var release = inAlpha(text);
    pass(Duration.ofHours(24));
    readyForStable(release);
    mustMove(ActReport.State.MOVED, promote("stable"));
    return release;
  }

  void readyForStable(Release release) {
    attest("health", "alpha", release, ci, healthy("healthy"));
    approve(release, ada);
    approve(release, grace);
  }

  static ObjectNode healthy(String word) {
    var details = JsonNodeFactory.instance.objectNode();
    details.putObject("clusters").put("playground", word);
    return details;
  }

  void approve(Release release, SigningKey key) {
    attest(
        "approval",
        "stable",
        release,
        key,
        JsonNodeFactory.instance.objectNode().put("group", "platform"));
  }

  static void mustMove(ActReport.State state, Outcome<ActReport> outcome) {
    var report =
        outcome.value().orElseThrow(() -> new AssertionError(outcome.diagnostics().toString()));
    if (report.state() != state) {
      throw new AssertionError(report.toString());
    }
  }

  void attest(String kind, String channel, Release release, SigningKey key) {
    attest(kind, channel, release, key, JsonNodeFactory.instance.objectNode());
  }

  void attest(String kind, String channel, Release release, SigningKey key, ObjectNode details) {
    say(kind, channel, release.digest(), key, details, Statement.Result.passed);
  }

  void say(
      String kind,
      String channel,
      Digest release,
      SigningKey key,
      ObjectNode details,
      Statement.Result result) {
    var statement = new Statement(channel, release, kind, Optional.empty(), now, result, details);
    add(Addition.of(statement, key), key);
  }

  void add(Addition addition, SigningKey key) {
    try (var repository = open()) {
      while (true) {
        var scene = Scene.of(repository, repository.fetch());
        var owner = scene.policy().policies().trust().find(key.publicKey());
        var signer = owner.orElseGet(() -> scene.policy().policies().trust().keys().getFirst());
        var commit = scene.evidence().with(List.of(addition), key, signer, now);
        var tip = scene.branches().tip(Branches.EVIDENCE);
        var outcome = repository.push(List.of(RefMove.forward(Branches.EVIDENCE, tip, commit)));
        if (outcome instanceof PushOutcome.Pushed) {
          return;
        }
      }
    }
  }

  /** What it saw of channels and evidence, as a new clone would: that they went back shows else. */
  void forget() throws IOException {
    for (var branch : List.of("dev", "alpha", "stable", "evidence")) {
      git(clone, "update-ref", "-d", "refs/remotes/origin/" + branch);
    }
  }

  String remoteGit(String... words) throws IOException {
    return git(remote, words);
  }
}
