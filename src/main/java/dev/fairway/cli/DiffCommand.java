package dev.fairway.cli;

import dev.fairway.channel.NamedReleases;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diff.ReleaseDiff;
import dev.fairway.diff.fleet.FleetImpact;
import dev.fairway.diff.report.Comparison;
import dev.fairway.diff.report.HtmlReport;
import dev.fairway.diff.report.JsonReport;
import dev.fairway.diff.report.MarkdownReport;
import dev.fairway.diff.report.TextReport;
import dev.fairway.model.Profile;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseFolder;
import dev.fairway.release.ReleaseManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    description = {
      "Says what one release changes against another, and what the fleet feels of it.",
      "The worst comes first. Of two equal releases it says that there is no difference."
    },
    footer = {
      "%nExample: what alpha would bring to the clusters of stable, as a page",
      "  fairway diff stable alpha --format html --out target/diff.html"
    })
final class DiffCommand implements Callable<Integer> {
  /** Where it is read. */
  enum Format {
    text,
    markdown,
    json,
    html
  }

  @Mixin private Console console = new Console();

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Parameters(
      index = "0",
      paramLabel = "A",
      description =
          "the folder of a release, a channel as the last fetch saw it, or a commit of one")
  private String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "the same for the newer release")
  private String after = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format = Format.text;

  @Option(names = "--out", paramLabel = "FILE", description = "where it goes, not to the terminal")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--clusters",
      paramLabel = "DIR",
      description = "the cluster records (default: clusters/)")
  private Optional<Path> clusters = Optional.empty();

  @Option(names = "--no-fleet", description = "compare the releases only, and link no cluster")
  private boolean noFleet;

  @Override
  public Integer call() throws IOException {
    var from = named(before);
    var to = named(after);
    if (from.value().isEmpty() || to.value().isEmpty()) {
      return console.finish(from.diagnostics().plus(to.diagnostics()));
    }
    var compared = compare(from.value().get(), to.value().get());
    if (compared.value().isPresent() && out.isPresent()) {
      Files.writeString(out.get(), rendered(compared.value().get()), StandardCharsets.UTF_8);
    }
    return console.finish(compared, JsonReport::tree, this::show);
  }

  /** A folder that holds a release, or else what a clone has under the name. */
  private Outcome<Release> named(String name) throws IOException {
    var folder = Path.of(name);
    if (Files.exists(folder.resolve(ReleaseManifest.FILE))) {
      return ReleaseFolder.read(folder);
    }
    var found = repository.with(clone -> new NamedReleases(clone).find(name));
    // A channel may well be called as some folder is; where it is neither, the folder was meant.
    return Files.isDirectory(folder) && isUnknown(found) ? ReleaseFolder.read(folder) : found;
  }

  private static boolean isUnknown(Outcome<Release> found) {
    return found.diagnostics().all().stream()
        .map(Diagnostic::code)
        .anyMatch(code -> code == Code.NO_BRANCH || code == Code.NO_REPOSITORY);
  }

  private Outcome<Comparison> compare(Release from, Release to) {
    if (noFleet) {
      return Outcome.of(comparison(from, to, Optional.empty()));
    }
    var fleet = Workspace.here().fleet(clusters, profiles(from, to)).outcome();
    return fleet.then(found ->
        Workspace.here()
            .channelPolicies()
            .map(channels ->
                comparison(
                    from,
                    to,
                    Optional.of(FleetImpact.between(from, to, found.clusters(), channels)))));
  }

  private Comparison comparison(Release from, Release to, Optional<FleetImpact> fleet) {
    return new Comparison(before, after, ReleaseDiff.between(from, to), fleet);
  }

  /** Those of either release: what is wrong with a cluster for one of them is told there. */
  private static List<Profile> profiles(Release from, Release to) {
    var profiles = new TreeMap<String, Profile>();
    from.manifest().profiles().forEach(profile -> profiles.put(profile.name(), profile));
    to.manifest().profiles().forEach(profile -> profiles.put(profile.name(), profile));
    return List.copyOf(profiles.values());
  }

  private void show(Comparison comparison) {
    if (out.isEmpty()) {
      console.out().print(rendered(comparison));
    }
  }

  private String rendered(Comparison comparison) {
    return switch (format) {
      case text -> TextReport.of(comparison);
      case markdown -> MarkdownReport.of(comparison);
      case json -> JsonReport.of(comparison);
      case html -> HtmlReport.of(comparison);
    };
  }
}
