package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.ActReport;
import dev.fairway.channel.ChannelRepository;
import dev.fairway.channel.GithubPullRequests;
import dev.fairway.channel.Losses;
import dev.fairway.channel.Promotions;
import dev.fairway.channel.PullRequest;
import dev.fairway.channel.SourcedRelease;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands have that move a channel. */
final class Acting {
  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Mixin private KeyOptions key = new KeyOptions();

  @Option(names = "--plan", description = "say what would be done, and do nothing")
  private boolean plan;

  boolean isPlan() {
    return plan;
  }

  /** Does it, opens the pull request that it asks for, and tells. */
  int run(Console console, Function<Promotions, Outcome<ActReport>> act) {
    return run(console, false, act);
  }

  /**
   * The same.
   *
   * @param patient whether gates that are not met, and a channel that there is nothing for yet, are
   *     warnings only
   */
  int run(Console console, boolean patient, Function<Promotions, Outcome<ActReport>> act) {
    var done =
        key.optional()
            .then(signer ->
                repository.with(clone ->
                    act.apply(
                        new Promotions(clone, signer, InstantSource.system(), Losses::between))));
    if (done.value().isEmpty()) {
      return console.finish(Patience.with(patient, Code.NOTHING_TO_PROMOTE, done.diagnostics()));
    }
    var report = done.value().get();
    var opened = opened(report);
    var page = opened.value().flatMap(found -> found);
    var unmet = patient ? report.diagnostics().asWarnings() : report.diagnostics();
    return console.finish(
        done.diagnostics().plus(unmet).plus(opened.diagnostics()),
        done.value()
            .map(found -> ActText.json(found, page))
            .orElseGet(JsonNodeFactory.instance::objectNode),
        () -> ActText.show(report, page, console.out()));
  }

  /**
   * The same with a release.
   *
   * @param folder that it is in; of the commit that is checked out, says who signs. Without, what
   *     the launcher's own checkout compiles to
   */
  int runWith(
      Console console,
      Optional<Path> folder,
      BiFunction<Promotions, SourcedRelease, Outcome<ActReport>> act) {
    return run(
        console,
        acts -> release(console, acts.repository(), folder).then(it -> act.apply(acts, it)));
  }

  private static Outcome<SourcedRelease> release(
      Console console, ChannelRepository clone, Optional<Path> folder) {
    try {
      return folder.isPresent()
          ? ReleaseFolder.read(folder.get()).then(it -> SourcedRelease.trusted(clone, it))
          : SourcedRelease.compiled(clone, Workspace.here().home(), () -> compiled(console));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome<Release> compiled(Console console) {
    try {
      return Workspace.here().release(Optional.empty(), console.progress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only where the environment says which place of pull requests is meant. */
  private static Outcome<Optional<URI>> opened(ActReport report) {
    var isWanted =
        !report.plan()
            && report.head().isPresent()
            && Environment.find("GITHUB_REPOSITORY").isPresent();
    if (!isWanted) {
      return Outcome.of(Optional.empty());
    }
    return GithubAccess.ofEnvironment()
        .then(github -> {
          try (var requests = GithubPullRequests.of(github, InstantSource.system())) {
            return requests
                .open(
                    new PullRequest(
                        report.base(),
                        report.head().orElseThrow(),
                        "%s: release %s"
                            .formatted(report.channel(), report.release().hex().substring(0, 12)),
                        ActText.markdown(report),
                        Optional.of(report.act().word())))
                .map(Optional::of);
          }
        });
  }
}
