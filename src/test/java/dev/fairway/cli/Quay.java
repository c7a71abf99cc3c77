package dev.fairway.cli;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.Compiled;
import dev.fairway.Trees;
import dev.fairway.channel.FakeGithub;
import dev.fairway.channel.GitCommand;
import dev.fairway.channel.SigningKey;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bare repository, a clone of it, people with keys, and a GitHub beside it: where workflows' jobs
 * are run, line by line, but for what needs AWS or a cluster.
 */
final class Quay implements AutoCloseable {
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z_]+)");
  private static final Pattern KEY = Pattern.compile("(?m)^    key: (.+)$");

  /** Commands that ask no clone. */
  private static final Set<String> WITHOUT_A_CLONE = Set.of("compile", "github");

  /** What is not run here, and where else it is. */
  static final Map<String, String> ELSEWHERE =
      Map.of(
          "\\./fairway (deploy|drift|health|destroy) .*",
          "the tests of -Pe2e run these commands, on engines of CloudFormation and Kubernetes",
          "\\./fairway images lock",
          "it asks registries; RegistriesTest has some of its own",
          "tools/end-to-end/.*",
          "EndToEndToolsTest runs them",
          "aws .*",
          "nothing here stands in for the secrets of an account",
          "(kubectl|go run) .*",
          "load and conformance need a real cluster",
          "\\.ci/run",
          "it runs this very test");

  private final Path folder;
  private final Path clone;
  private final FakeGithub github;
  private final Set<String> ran = new TreeSet<>();

  private Quay(Path folder, FakeGithub github) {
    this.folder = folder;
    this.clone = folder.resolve("clone");
    this.github = github;
  }

  /** The channels of the example, but that what soaks there for days soaks here as long as told. */
  static Quay in(Path folder) throws IOException {
    var quay = new Quay(folder, FakeGithub.start());
    git(folder, "init", "-q", "--bare", "-b", "main", "remote.git");
    git(folder, "clone", "-q", "remote.git", "clone");
    Trees.copy(Path.of("clusters"), quay.clone.resolve("clusters"));
    Trees.copy(Path.of("channels"), quay.clone.resolve("channels"));
    quay.edit("channels/stable.yaml", "soak: 72h", "soak: 1s");
    var stable = quay.clone.resolve("channels/stable.yaml");
    // Whoever runs this may do so on a Friday.
    Files.writeString(stable, Files.readString(stable).replaceAll("(?s)freezes:.*?\n\n", ""));
    for (var owner : List.of("pipeline", "ada", "grace")) {
      var key = SigningKey.generate();
      key.write(folder.resolve(owner));
      var trusted = "(owner: example-" + owner + "\n    key: ).*";
      var trust = quay.clone.resolve("channels/trust.yaml");
      Files.writeString(
          trust, Files.readString(trust).replaceFirst(trusted, "$1" + key.publicKey()));
    }
    quay.edit(
        "channels/trust.yaml", "    overrides:", "    promotes:\n      - stable\n    overrides:");
    quay.isCompiled();
    quay.push("Begin");
    return quay;
  }

  /** What the clone compiles to is in the cache that all tests have. */
  private void isCompiled() throws IOException {
    Files.writeString(clone.resolve(".gitignore"), "/target/\n");
    Files.createDirectories(clone.resolve("target"));
    Files.createSymbolicLink(clone.resolve("target/cache"), Compiled.cache().toAbsolutePath());
  }

  void edit(String file, String old, String fresh) throws IOException {
    var text = Files.readString(clone.resolve(file));
    assertThat(text).contains(old);
    Files.writeString(clone.resolve(file), text.replace(old, fresh));
  }

  /** Commits all that the clone holds, and pushes it to the branch that is checked out. */
  void push(String message) throws IOException {
    git(clone, "add", "-A");
    git(clone, "commit", "-q", "--allow-empty", "-m", message);
    git(clone, "push", "-q", "-u", "origin", "HEAD");
  }

  Path checkout() {
    return clone;
  }

  /** What the ordinary git says of the remote. */
  String remote(String... words) throws IOException {
    return git(folder.resolve("remote.git"), words);
  }

  String tree(String branch) throws IOException {
    return remote("rev-parse", branch + "^{tree}");
  }

  FakeGithub github() {
    return github;
  }

  /** The temporary folder of the last job, which was empty when it began but for its artifacts. */
  Path runner() {
    return folder.resolve("runner");
  }

  /** Put here, a file or folder is there for each job after. */
  Path artifacts() {
    return folder.resolve("artifacts");
  }

  private static boolean isElsewhere(String command) {
    return ELSEWHERE.keySet().stream().anyMatch(command::matches);
  }

  /** What no test runs says why: a line that is added stands in one of the two. */
  void assertNoOtherLineIsInAWorkflow() {
    var lines =
        Workflow.all().stream()
            .flatMap(workflow -> workflow.jobs().stream())
            .flatMap(job -> job.commands().map(command -> Map.entry(job, command)))
            .toList();

    assertThat(ran)
        .containsExactlyInAnyOrderElementsOf(
            lines.stream()
                .filter(line -> !isElsewhere(line.getValue()))
                .map(line -> line(line.getKey().toString(), line.getValue()))
                .collect(Collectors.toSet()));
    assertThat(ELSEWHERE.keySet())
        .allSatisfy(
            pattern -> assertThat(lines).anyMatch(line -> line.getValue().matches(pattern)));
  }

  /** What a job's commands came to, up to the first that failed. */
  List<Running> job(String workflow, String job, Map<String, String> variables, String... more)
      throws IOException {
    begin();
    var all = new ArrayList<Running>();
    for (var command : commands(workflow, job)) {
      var done = step(command, environment(variables), more);
      ran.add(line(workflow + ".yaml/" + job, command));
      all.add(done);
      if (done.exitCode() != ExitCode.OK) {
        break;
      }
    }
    assertThat(all).as("%s/%s", workflow, job).isNotEmpty();
    return all;
  }

  private static String line(String job, String command) {
    return job + ": " + command;
  }

  /** A new machine, which has checked all out; GitHub has seen what was pushed. */
  private void begin() throws IOException {
    Folders.delete(runner());
    Files.createDirectories(runner());
    Files.createDirectories(artifacts());
    Trees.copy(artifacts(), runner());
    git(clone, "fetch", "-q", "--prune");
    git(clone, "worktree", "prune");
    var heads = remote("for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads");
    github.branches.clear();
    heads
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(line -> github.branches.put(line[0], line[1]));
    for (var pull : github.pulls) {
      var head = (ObjectNode) pull.path("head");
      if (head.path("label").asText().startsWith("example:")) {
        var tip = Optional.ofNullable(github.branches.get(head.path("ref").asText()));
        tip.ifPresentOrElse(commit -> head.put("sha", commit), () -> pull.put("state", "closed"));
      }
    }
  }

  private Map<String, String> environment(Map<String, String> variables) throws IOException {
    var environment = new TreeMap<>(variables);
    environment.put("RUNNER_TEMP", runner().toString());
    environment.put("SIGNING_KEY", Files.readString(folder.resolve("pipeline")));
    environment.put("GITHUB_API_URL", github.address());
    environment.put("GITHUB_REPOSITORY", "example/platform");
    environment.put("GITHUB_TOKEN", FakeGithub.TOKEN);
    return environment;
  }

  private Running step(String command, Map<String, String> environment, String... more)
      throws IOException {
    var words =
        Workflow.words(command, Map.of()).stream().map(word -> filled(word, environment)).toList();
    if (!words.getFirst().endsWith("/fairway")) {
      var shell = new ArrayList<>(List.of("env"));
      environment.forEach((name, value) -> shell.add(name + "=" + value));
      shell.addAll(List.of("bash", "-ec", command));
      var tool = GitCommand.run(clone, shell.toArray(String[]::new));
      return new Running(tool.exitCode(), tool.out(), "");
    }
    var line = new ArrayList<>(words.subList(1, words.size()));
    line.addAll(List.of(more));
    if (!WITHOUT_A_CLONE.contains(line.getFirst())) {
      line.addAll(List.of("--repository", clone.toString()));
    }
    return Running.in(clone, environment, line.toArray(String[]::new));
  }

  private static List<String> commands(String workflow, String job) {
    return Workflow.of(Workflow.FOLDER.resolve(workflow + ".yaml")).jobs().stream()
        .filter(found -> found.name().equals(job))
        .flatMap(Workflow.Job::commands)
        .filter(command -> !isElsewhere(command))
        .toList();
  }

  private static String filled(String word, Map<String, String> environment) {
    return VARIABLE
        .matcher(word)
        .replaceAll(found ->
            Matcher.quoteReplacement(environment.getOrDefault(found.group(1), found.group())));
  }

  @Override
  public void close() throws IOException {
    github.close();
    // What it leads to is not this test's to delete.
    Files.delete(clone.resolve("target/cache"));
  }

  /** A command of a person, by whose key it is signed. */
  Running by(String owner, String... words) throws IOException {
    return run(
        Stream.concat(Stream.of(words), Stream.of("--key", folder.resolve(owner).toString()))
            .toList());
  }

  Running run(String... words) throws IOException {
    return run(List.of(words));
  }

  private Running run(List<String> words) throws IOException {
    var all = new ArrayList<>(words);
    all.addAll(List.of("--repository", clone.toString()));
    return Running.of(all.toArray(String[]::new));
  }

  /** A clone of somebody who was never here. */
  Path strangersClone() throws IOException {
    git(folder, "clone", "-q", "remote.git", "stranger");
    return folder.resolve("stranger");
  }

  /** As git wants it, of who is trusted by a clone's main. */
  static Path allowedSigners(Path clone) throws IOException {
    var trust = Files.readString(clone.resolve("channels/trust.yaml"));
    var keys = KEY.matcher(trust).results().map(found -> found.group(1)).toArray(String[]::new);
    return GitCommand.allowedSigners(clone.resolveSibling("allowed-signers"), keys);
  }
}
