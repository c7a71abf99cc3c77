package dev.fairway.cli;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Trees;
import dev.fairway.channel.GitCommand;
import dev.fairway.channel.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bare repository, a clone of it and people with keys, where the commands of workflows are run
 * that need no more: neither GitHub nor AWS nor a cluster.
 */
final class Quay {
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z_]+)");
  private static final Pattern KEY = Pattern.compile("(?m)^    key: (.+)$");
  private static final Set<String> TOOLS = Set.of("git", "tar");

  private final Path folder;
  private final Path clone;

  private Quay(Path folder) {
    this.folder = folder;
    this.clone = folder.resolve("clone");
  }

  /** The channels of the example, but that what soaks there for days soaks here as long as told. */
  static Quay in(Path folder) throws IOException {
    var quay = new Quay(folder);
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
    quay.push("Begin");
    return quay;
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

  /** What a job's commands came to, of those that run here. */
  List<Running> job(String workflow, String job, Map<String, String> variables, String... more)
      throws IOException {
    var ran = new ArrayList<Running>();
    for (var command : commands(workflow, job)) {
      var words =
          Workflow.words(command, Map.of()).stream().map(word -> filled(word, variables)).toList();
      if (TOOLS.contains(words.getFirst())) {
        var tool = GitCommand.run(clone, words.toArray(String[]::new));
        ran.add(new Running(tool.exitCode(), tool.out(), ""));
      } else {
        ran.add(run(Stream.concat(words.stream().skip(1), Stream.of(more)).toList()));
      }
    }
    assertThat(ran).as("%s/%s", workflow, job).isNotEmpty();
    return ran;
  }

  /** Those that need GitHub or a cluster are tried elsewhere. */
  private static List<String> commands(String workflow, String job) {
    return Workflow.of(Workflow.FOLDER.resolve(workflow + ".yaml")).jobs().stream()
        .filter(found -> found.name().equals(job))
        .flatMap(Workflow.Job::commands)
        .filter(command ->
            command.matches(
                "(git|tar) .*|\\./fairway (release|evidence|promote|verify|diff|channels) .*"))
        .toList();
  }

  private String filled(String word, Map<String, String> variables) {
    return VARIABLE
        .matcher(word)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                found.group(1).equals("RUNNER_TEMP")
                    ? folder.toString()
                    : variables.getOrDefault(found.group(1), found.group())));
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
