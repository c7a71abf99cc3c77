package dev.fairway.platform.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Profile;
import dev.fairway.model.Secret;
import dev.fairway.model.Symbol;
import dev.fairway.model.Symbol.Scope;
import dev.fairway.platform.cloud.Profiles;
import dev.fairway.platform.cloud.Secrets;
import dev.fairway.platform.node.NodeConfig.Link;
import dev.fairway.platform.node.NodeConfig.RemoteFile;
import dev.fairway.platform.node.NodeFile.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every node config, whatever is in it. */
class NodeConfigsTest {

  private static final Pattern OURS = Pattern.compile("/opt/fairway/([a-z-]+)");

  private static final Map<String, Symbol> KNOWN =
      Stream.concat(Facts.all().stream(), NodeConfigs.settings().stream())
          .collect(Collectors.toMap(Symbol::name, Function.identity()));

  private static List<NodeConfig> configs() {
    return NodeConfigs.all(
        List.of(
            profile("worker", false, false),
            profile("highio", true, false),
            profile("gpu", false, true)));
  }

  private static Profile profile(String name, boolean instanceStore, boolean gpu) {
    return new Profile(
        name,
        "Nodes of a test",
        false,
        false,
        instanceStore,
        gpu,
        List.of("m7i.xlarge"),
        new TreeMap<>(),
        new TreeMap<>());
  }

  @Test
  void eachKindOfNodeHasOne() {
    assertThat(configs())
        .extracting(NodeConfig::name)
        .containsExactly("master", "etcd", "worker-worker", "worker-highio", "worker-gpu");
  }

  @Test
  void theyAreTheSameAtEveryCall() {
    assertThat(configs()).isEqualTo(configs());
  }

  @ParameterizedTest
  @MethodSource("configs")
  void aPathIsWrittenOnce(NodeConfig config) {
    assertThat(
            Stream.of(
                    config.files().stream()
                        .filter(file -> file.condition().map(Condition::is).orElse(true))
                        .map(NodeFile::path),
                    config.remoteFiles().stream().map(RemoteFile::path),
                    config.links().stream().map(Link::path))
                .flatMap(Function.identity()))
        .doesNotHaveDuplicates();
    assertThat(config.units()).extracting(Unit::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void aSymbolIsKnown(NodeConfig config) {
    assertThat(symbols(config)).isNotEmpty().isSubsetOf(KNOWN.keySet());
  }

  @Test
  void aSettingIsUsed() {
    var decide =
        configs().stream()
            .flatMap(config -> config.files().stream())
            .flatMap(file -> file.condition().stream())
            .map(condition -> condition.symbol().name());
    assertThat(Stream.concat(configs().stream().flatMap(NodeConfigsTest::symbols), decide))
        .containsAll(NodeConfigs.settings().stream().map(Symbol::name).toList());
  }

  /** Master and etcd have one config a cluster; one that named a pool could never be linked. */
  @Test
  void onlyWorkersReadWhatBelongsToAPool() {
    assertThat(
            configs().stream()
                .filter(config -> !config.name().startsWith("worker-"))
                .flatMap(NodeConfigsTest::symbols)
                .map(KNOWN::get)
                .map(Symbol::scope))
        .containsOnly(Scope.CLUSTER);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void aSecretIsReadByWhatTheNodeRuns(NodeConfig config) {
    var role = config.name().startsWith("worker-") ? "worker" : config.name();
    var texts =
        config.files().stream()
            .filter(file -> !file.path().equals("/etc/fairway/secrets.list"))
            .map(NodeFile::content)
            .collect(Collectors.joining());

    assertThat(Secrets.readBy(role)).isNotEmpty();
    for (var secret : Secrets.readBy(role)) {
      assertThat(secret.files())
          .extracting(Secret.File::path)
          .allSatisfy(path -> assertThat(texts).contains(named(path, role)));
    }
  }

  /** etcd's script names the folder once. */
  private static String named(String path, String role) {
    return role.equals("etcd") ? path.replace("/etc/etcd/pki", "") : path;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void aScriptIsThereAndIsRun(NodeConfig config) {
    var scripts =
        config.files().stream()
            .map(NodeFile::path)
            .filter(path -> path.startsWith("/opt/fairway/"))
            .collect(Collectors.toSet());
    var named =
        texts(config)
            .flatMap(text -> OURS.matcher(text).results().map(MatchResult::group))
            .collect(Collectors.toSet());

    assertThat(named).isNotEmpty().isEqualTo(scripts);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void aUnitOfOursIsThereForWhoeverNeedsIt(NodeConfig config) {
    var units = config.units().stream().map(Unit::name).collect(Collectors.toSet());
    assertThat(units).containsAll(required(config.units()));
  }

  /**
   * The first failure would fail the start of kubelet or etcd, and nobody would start them again.
   */
  @ParameterizedTest
  @MethodSource("configs")
  void whatOthersWaitForIsTriedAgainWithoutFailingThem(NodeConfig config) {
    var ours = config.units().stream().filter(unit -> unit.contents().isPresent()).toList();
    var awaited =
        ours.stream()
            .filter(unit -> required(ours).contains(unit.name()) || isRequired(unit))
            .toList();

    assertThat(awaited)
        .isNotEmpty()
        .allSatisfy(unit ->
            assertThat(unit.contents().orElseThrow().lines())
                .contains("Restart=on-failure", "RestartSec=10", "RestartMode=direct"));
  }

  private static boolean isRequired(Unit unit) {
    return unit.contents().orElseThrow().contains("\nRequiredBy=");
  }

  private static Set<String> required(List<Unit> units) {
    return units.stream()
        .flatMap(unit -> unit.contents().stream())
        .flatMap(String::lines)
        .filter(line -> line.startsWith("Requires="))
        .flatMap(line -> Stream.of(line.substring("Requires=".length()).split(" ")))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("configs")
  void aNodeNeverChangesItself(NodeConfig config) {
    assertThat(config.units())
        .contains(Unit.masked("update-engine.service"), Unit.masked("locksmithd.service"));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void nothingIsFetchedWithoutAHash(NodeConfig config) {
    assertThat(config.remoteFiles())
        .allSatisfy(file ->
            assertThat(KNOWN.get(token(file.hash())))
                .extracting(Symbol::initial)
                .isEqualTo(Optional.empty()));
  }

  @Test
  void theImagesAreThoseThatNodesName() {
    var image = Pattern.compile("(gcr|registry\\.k8s)\\.io/[a-z/-]+:v?[0-9.]+");
    assertThat(
            configs().stream()
                .flatMap(NodeConfigsTest::texts)
                .flatMap(text -> image.matcher(text).results())
                .map(MatchResult::group)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(
            NodeConfigs.images().stream().map(Image::toString).toList());
  }

  private static Stream<String> symbols(NodeConfig config) {
    return Stream.concat(
            texts(config),
            config.remoteFiles().stream().flatMap(file -> Stream.of(file.source(), file.hash())))
        .flatMap(text -> Symbol.tokens(text).results().map(match -> match.group(2)));
  }

  private static String token(String text) {
    return Symbol.tokens(text).results().findFirst().orElseThrow().group(2);
  }

  private static Stream<String> texts(NodeConfig config) {
    return Stream.of(
            config.files().stream().map(NodeFile::content),
            config.units().stream().flatMap(unit -> unit.contents().stream()),
            config.units().stream()
                .flatMap(unit -> unit.dropIns().stream())
                .map(Unit.DropIn::contents))
        .flatMap(Function.identity());
  }

  /** So no program on the cluster has to: a spot instance that is taken back is drained as well. */
  @Test
  void everyNodeWithPodsDrainsItselfBeforeItGoes() {
    assertThat(configs())
        .filteredOn(config -> config.name().startsWith("worker-"))
        .isNotEmpty()
        .allSatisfy(config -> {
          assertThat(enabled(config)).contains("await-termination.service");
          assertThat(content(config, "/opt/fairway/await-termination"))
              .contains("meta-data/spot/instance-action", "target-lifecycle-state", "drain");
        });
  }

  /** Local disks are made ready by the node itself, before anything could be stored elsewhere. */
  @Test
  void onlyNodesWithLocalDisksKeepTheirStorageThere() {
    assertThat(configs())
        .filteredOn(config -> enabled(config).contains("instance-store.service"))
        .singleElement()
        .satisfies(config -> {
          assertThat(config.name()).isEqualTo("worker-highio");
          assertThat(content(config, "/opt/fairway/instance-store"))
              .contains("/var/lib/containerd", "/var/lib/kubelet");
        });
    assertThat(Profiles.HIGHIO.instanceStore()).isTrue();
  }

  private static List<String> enabled(NodeConfig config) {
    return config.units().stream().filter(Unit::enabled).map(Unit::name).toList();
  }

  private static String content(NodeConfig config, String path) {
    return config.files().stream()
        .filter(file -> file.path().equals(path))
        .map(NodeFile::content)
        .findFirst()
        .orElseThrow();
  }
}
