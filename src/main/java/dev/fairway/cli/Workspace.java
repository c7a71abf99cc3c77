package dev.fairway.cli;

import dev.fairway.compiler.Cache;
import dev.fairway.compiler.Compiler;
import dev.fairway.compiler.Compiler.Compilation;
import dev.fairway.compiler.Progress;
import dev.fairway.deploy.aws.CdkCli;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Assembly;
import dev.fairway.link.Linkable;
import dev.fairway.link.Linker;
import dev.fairway.model.Channel;
import dev.fairway.model.ImageLock;
import dev.fairway.model.Profile;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseFolder;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.source.ChannelFilesReader;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.FleetReader;
import dev.fairway.source.FleetReading;
import dev.fairway.source.FleetSource;
import dev.fairway.source.PlatformFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where things are when the command line does not say. */
final class Workspace {
  /** The property by which the launcher says where it stands. */
  static final String HOME = "fairway.home";

  private final Path home;

  private Workspace(Path home) {
    this.home = home;
  }

  /** The checkout that the launcher stands in. */
  static Workspace here() {
    return new Workspace(Path.of(System.getProperty(HOME, "")));
  }

  Path home() {
    return home.toAbsolutePath().normalize();
  }

  Path release() {
    return path("target/release");
  }

  Path clusters() {
    return path("clusters");
  }

  /** The policies of channels. */
  Path channels() {
    return path("channels");
  }

  Path imagesLock() {
    return path(ImageLock.FILE);
  }

  Path cache() {
    return path("target/cache");
  }

  /** The CDK CLI and the Node.js that package.json pins. */
  Outcome<CdkCli> cdk() {
    return CdkCli.in(home.toAbsolutePath(), Map.of());
  }

  /** As short as it can be from where the user works. */
  Path path(String below) {
    var absolute = home.toAbsolutePath().normalize().resolve(below);
    var here = Path.of("").toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
  }

  /** Compiles with the checkout's cache. */
  Outcome<Compilation> compile(boolean validate, boolean cached, Progress progress)
      throws IOException {
    var cache = cached ? Cache.in(cache()) : Cache.none();
    return new Compiler(cache, validate && isValidating(), progress).compile();
  }

  /** Not where commands are tested: what CDK says of templates is tested elsewhere, once. */
  private static boolean isValidating() {
    return Boolean.parseBoolean(System.getProperty("fairway.validation", "true"));
  }

  /** The release in the folder, or the one of this very checkout, compiled where it is stale. */
  Outcome<Release> release(Optional<Path> folder, Progress progress) throws IOException {
    if (folder.isPresent()) {
      return ReleaseFolder.read(folder.get());
    }
    var compiled = compile(true, true, progress).map(Compilation::release);
    if (compiled.value().isEmpty() || isWritten(compiled.value().get())) {
      return compiled;
    }
    var ours = Output.RELEASE.require(release());
    if (ours.hasErrors()) {
      return new Outcome<>(Optional.empty(), compiled.diagnostics().plus(ours));
    }
    ReleaseFolder.write(compiled.value().get(), release());
    return compiled;
  }

  private boolean isWritten(Release release) throws IOException {
    var manifest = release().resolve(ReleaseManifest.FILE);
    return Files.exists(manifest)
        && ReleaseFolder.read(release())
            .value()
            .filter(written -> written.digest().equals(release.digest()))
            .isPresent();
  }

  /** The checkout's channels, by name. */
  Outcome<Map<String, Channel>> channelPolicies() {
    return ChannelFilesReader.read(channels())
        .map(policies ->
            policies.channels().stream().collect(Collectors.toMap(Channel::name, it -> it)));
  }

  /** The fleet's records, read by what the release and the checkout's policies know. */
  FleetReading fleet(Optional<Path> folder, List<Profile> profiles) {
    return fleet(folder, profiles, channels());
  }

  /** The same beside policies that stand elsewhere. */
  FleetReading fleet(Optional<Path> folder, List<Profile> profiles, Path channels) {
    var facts = PlatformFacts.of(profiles, ChannelFilesReader.names(channels));
    return FleetReader.reading(folder.orElseGet(this::clusters), facts);
  }

  /** The assembly of one cluster of the checkout's fleet, with the checkout's release. */
  Outcome<Assembly> assembly(String cluster, Progress progress) throws IOException {
    return release(Optional.empty(), progress)
        .then(release ->
            fleet(Optional.empty(), release.manifest().profiles())
                .outcome()
                .then(fleet -> find(cluster, fleet))
                .then(source -> new Linker(Linkable.of(release)).link(source)));
  }

  /** The cluster with this id or alias. */
  static Outcome<ClusterSource> find(String name, FleetSource fleet) {
    return fleet
        .find(name)
        .map(Outcome::of)
        .orElseGet(() ->
            new Outcome<>(
                Optional.empty(),
                Diagnostics.of(
                    Diagnostic.general(
                        Code.UNKNOWN_CLUSTER,
                        name + " is neither the id nor the alias of a cluster",
                        DidYouMean.remedy(name, fleet.names())))));
  }
}
