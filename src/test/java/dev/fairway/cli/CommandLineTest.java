package dev.fairway.cli;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.Compiled;
import dev.fairway.Trees;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  /**
   * They speak to AWS, a cluster, registries or GitHub: tests on real engines have them instead, or
   * tests with a server of their own.
   */
  private static final Set<String> ON_ENGINES =
      Set.of("deploy", "drift", "health", "destroy", "images", "github");

  /** They need a remote with channels, which {@link ChannelCommandsTest} and others have. */
  private static final Set<String> ON_REMOTES =
      Set.of(
          "release",
          "promote",
          "rollback",
          "hotfix",
          "history",
          "why",
          "verify",
          "evidence",
          "approve");

  @TempDir private Path folder;

  @TempDir private Path empty;

  private Path out;

  @BeforeEach
  void nothingIsThereYet() {
    out = folder.resolve("out");
  }

  /** One of each command, in which nothing is wrong; {@code OUT} is a folder that is not there. */
  static List<String> commandLines() {
    return Stream.concat(
            Stream.of(InspectCommand.Topic.values()).map(topic -> "inspect " + topic),
            Stream.of(
                "demo",
                "check",
                "channels lint",
                "channels list",
                "channels waves",
                "compile --out OUT",
                "link --all --digests",
                "diff target/compiled/release target/compiled/release",
                "diff target/compiled/release target/compiled/release --no-fleet",
                "link --all --out OUT",
                "link shop --out OUT",
                "link aws:123456789012:eu-central-1:shop --digests"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void aCommandThatWorkedSaysSoToPeople(String commandLine) throws IOException {
    var ran = run(commandLine);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(ran.out()).isNotBlank().doesNotStartWith("{");
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void jsonIsOneDocumentOnStandardOutput(String commandLine) throws IOException {
    var ran = run(commandLine + " --output json");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(ran.json().required("errors").asInt()).isZero();
    assertThat(ran.json().size()).as("it has a result of its own").isGreaterThan(4);
  }

  /** Whatever is in the catalogue: its containers' images and ports, its role, its accounts. */
  @Test
  void inspectComponentsListsEveryComponentWithWhatItIsMadeOf() throws IOException {
    var text = run("inspect components").out();
    var shown = run("inspect components --output json").json().required("components");

    assertThat(shown).hasSameSizeAs(Compiled.platform().parts());
    for (var part : Compiled.platform().parts()) {
      assertThat(text).containsPattern("(?m)^" + part.name() + "\\s");
      assertThat(shown)
          .filteredOn(component -> component.required("component").asText().equals(part.name()))
          .singleElement()
          .satisfies(component -> {
            assertThat(texts(component.required("images")))
                .containsAll(part.images().stream().map(Object::toString).toList());
            assertThat(component.path("role").asText())
                .isEqualTo(part.role().map(Role::name).orElse(""));
            assertThat(component.path("enabledBy").asText())
                .isEqualTo(part.enabledBy().map(Symbol::name).orElse(""));
          });
    }
    assertThat(text).contains("1053/UDP dns", "8182/TCP metrics on the node");
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  @Test
  void everyCommandThatPeopleSeeIsTriedHere() {
    var tried =
        Stream.of(
                commandLines().stream().map(line -> line.split(" ", 2)[0]),
                ON_ENGINES.stream(),
                ON_REMOTES.stream())
            .flatMap(Function.identity())
            .collect(toSet());

    assertThat(new CommandLine(new Fairway()).getSubcommands().values())
        .map(CommandLine::getCommandSpec)
        .filteredOn(command -> !command.usageMessage().hidden())
        .extracting(command -> command.name())
        .containsExactlyInAnyOrderElementsOf(tried);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link shp --digests",
        "link --all --digests --release OUT",
        "link --all --digests --clusters OUT",
        "inspect --release OUT",
        "check --clusters OUT",
        "check --clusters EMPTY",
        "link --all --digests --clusters EMPTY",
        "link shop --digests --clusters EMPTY"
      })
  void whatIsWrongWithTheInputIsOneDocumentToo(String commandLine) throws IOException {
    var ran = run(commandLine + " --output json");

    assertThat(ran.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.json().required("errors").asInt()).isEqualTo(1);
    assertThat(ran.json().required("diagnostics")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link",
        "link shop",
        "link shop --all --digests",
        "link --all --out OUT --digests",
        "compile --colour",
        "inspect everything",
        "deploy",
        "drift",
        "health",
        "destroy",
        "check --output xml",
        "lnik"
      })
  void aCommandLineThatMakesNoSenseIsAUsageError(String commandLine) throws IOException {
    var ran = run(commandLine);

    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isNotBlank();
  }

  @Test
  void fiveMistakesAreFiveDiagnosticsAndNothingIsWritten() throws IOException {
    var clusters = folder.resolve("clusters");
    Trees.copy(Path.of("clusters"), clusters);
    var link = "link --all --out OUT --clusters " + clusters;
    assertThat(run(link).exitCode()).isEqualTo(ExitCode.OK);
    var before = Trees.read(out);
    makeFiveMistakes(clusters.resolve("shop.yaml"));

    var ran = run(link);

    assertThat(ran.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(ran.out()).isEmpty();
    assertThat(run(link + " --output json").json().required("diagnostics"))
        .extracting(diagnostic -> diagnostic.required("code").asText())
        .containsExactlyInAnyOrder(
            Code.UNKNOWN_KEY.id(),
            Code.WRONG_TYPE.id(),
            Code.ZONE_OUTSIDE_REGION.id(),
            Code.MIN_ABOVE_MAX.id(),
            Code.UNKNOWN_VALUE.id());
    Trees.assertSame(Trees.read(out), before);
    assertThat(run(link.replace("OUT", "OUT2")).exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(folder.resolve("out2")).doesNotExist();
  }

  /** Of those that only linking sees, the broken record's settings and the others' own. */
  @Test
  void whatOnlyLinkingSeesIsSaidWithWhatReadingSees() throws IOException {
    var clusters = folder.resolve("clusters");
    Trees.copy(Path.of("clusters"), clusters);
    var shop = clusters.resolve("shop.yaml");
    makeFiveMistakes(shop);
    unknownSetting(shop);
    unknownSetting(clusters.resolve("data.yaml"));
    var expected =
        List.of(
            Code.UNKNOWN_KEY.id(),
            Code.WRONG_TYPE.id(),
            Code.ZONE_OUTSIDE_REGION.id(),
            Code.MIN_ABOVE_MAX.id(),
            Code.UNKNOWN_VALUE.id(),
            Code.UNKNOWN_SETTING.id(),
            Code.UNKNOWN_SETTING.id());

    for (var command : List.of("check", "link --all --out OUT", "link shop --out OUT")) {
      var ran = run(command + " --output json --clusters " + clusters);
      assertThat(ran.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
      assertThat(ran.json().required("diagnostics"))
          .as(command)
          .extracting(diagnostic -> diagnostic.required("code").asText())
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(out).doesNotExist();
    }
  }

  private static void unknownSetting(Path record) throws IOException {
    var text = Files.readString(record);
    var wrong = text.replace("\nconfig_items:\n", "\nconfig_items:\n  colour: red\n");
    assertThat(wrong).isNotEqualTo(text);
    Files.writeString(record, wrong);
  }

  private static void makeFiveMistakes(Path record) throws IOException {
    var text = Files.readString(record);
    var wrong =
        text.replace("owner: team-shop", "owner: team-shop\nonwer: team-shop")
            .replace("criticality_level: 1", "criticality_level: high")
            .replace("  - eu-central-1b", "  - eu-west-1b")
            .replace("min_size: 9", "min_size: 129")
            .replace("channel: stable", "channel: stabel");
    assertThat(wrong).isNotEqualTo(text);
    Files.writeString(record, wrong);
  }

  /** A mistake that only linking sees keeps every cluster from being written. */
  @Test
  void oneClusterThatDoesNotLinkKeepsTheFleetAsItWas() throws IOException {
    var clusters = folder.resolve("clusters");
    Trees.copy(Path.of("clusters"), clusters);
    var record = clusters.resolve("shop.yaml");
    Files.writeString(
        record,
        Files.readString(record)
            .replace("config_items:\n  #", "config_items:\n  colour: red\n  #"));

    var ran = run("link --all --out OUT --clusters " + clusters);

    assertThat(ran.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(ran.err()).contains("shop.yaml:32:3: error FW4001", "colour");
    assertThat(folder).isDirectoryNotContaining("glob:**out*");
  }

  @Test
  void policiesAreLintedBesideTheFleet() throws IOException {
    var channels = folder.resolve("channels");
    Trees.copy(Path.of("channels"), channels);
    Files.delete(channels.resolve("stable.yaml"));

    var ran = run("channels lint --channels " + channels);

    assertThat(ran.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(ran.err())
        .contains("trust.yaml:12:9: error FW1012", "shop.yaml:11:10: error FW1012")
        .contains("channel is \"stable\", which is not one of alpha, dev");
  }

  @Test
  void aClusterFollowsAChannelThatHasAPolicy() throws IOException {
    var clusters = folder.resolve("clusters");
    Trees.copy(Path.of("clusters"), clusters);
    var record = clusters.resolve("shop.yaml");
    Files.writeString(record, Files.readString(record).replace("channel: stable", "channel: beta"));

    var ran = run("link --all --digests --clusters " + clusters);

    assertThat(ran.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(ran.err()).contains("channel is \"beta\", which is not one of alpha, dev, stable");
  }

  /** Commands that write a folder, each with what marks such a folder as written by it. */
  static Stream<List<String>> writers() {
    return Stream.of(
        List.of("compile --out OUT", "release.json"),
        List.of("link --all --out OUT", "fleet.json"),
        List.of("link shop --out OUT", "link.json"));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void aFolderThatHoldsSomethingElseIsLeftAlone(List<String> writer) throws IOException {
    Files.createDirectories(out.resolve("photos"));
    Files.writeString(out.resolve("photos/cat"), "meow");

    assertRefused(writer.getFirst());
  }

  @ParameterizedTest
  @MethodSource("writers")
  void aFileOfTheSameNameDoesNotMakeAFolderOurs(List<String> writer) throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("thesis.tex"), "at last");
    Files.writeString(out.resolve(writer.getLast()), "{}");

    assertRefused(writer.getFirst());
  }

  @ParameterizedTest
  @MethodSource("writers")
  void whatTheCommandWroteItReplaces(List<String> writer) throws IOException {
    assertThat(run(writer.getFirst()).exitCode()).isEqualTo(ExitCode.OK);
    var first = Trees.read(out);
    Files.delete(
        out.resolve(
            first.keySet().stream()
                .filter(path -> path.contains("nodes/"))
                .findFirst()
                .orElseThrow()));

    assertThat(run(writer.getFirst()).exitCode()).isEqualTo(ExitCode.OK);
    Trees.assertSame(Trees.read(out), first);
  }

  /** The folder's own manifest says what was written, so nothing can hide among it. */
  @ParameterizedTest
  @MethodSource("writers")
  void aFileThatSomebodyPutBelowIsNotDeleted(List<String> writer) throws IOException {
    assertThat(run(writer.getFirst()).exitCode()).isEqualTo(ExitCode.OK);
    var below =
        Trees.read(out).keySet().stream()
            .filter(path -> path.contains("nodes/"))
            .findFirst()
            .orElseThrow();
    var mine = out.resolve(below).resolveSibling("notes.txt");
    Files.writeString(mine, "remember the milk");

    assertThat(run(writer.getFirst()).err())
        .contains(Code.NOT_OURS.id(), "holds " + out.relativize(mine));
    assertThat(mine).hasContent("remember the milk");
  }

  @Test
  void anAssemblyThatSomebodyPutIntoAFleetIsNotDeleted() throws IOException {
    assertThat(run("link --all --out OUT").exitCode()).isEqualTo(ExitCode.OK);
    Files.createDirectories(out.resolve("mine"));
    Files.writeString(out.resolve("mine/link.json"), "{\"cluster\": \"mine\", \"files\": [\"a\"]}");

    assertRefused("link --all --out OUT");
  }

  /** The folder that a command writes without being told is nobody's to lose files in either. */
  @Test
  void aFileAmongTheReleaseOfTheCheckoutIsNotDeleted() throws IOException {
    assertThat(run("link shop --digests").exitCode()).isEqualTo(ExitCode.OK);
    var mine = Compiled.home().resolve("target/release/templates/notes.txt");
    Files.writeString(mine, "remember the milk");
    try {
      assertThat(run("link shop --digests").err()).contains(Code.NOT_OURS.id(), "notes.txt");
      assertThat(mine).hasContent("remember the milk");
    } finally {
      Files.delete(mine);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "github"})
  void whatTheSystemRefusesIsSaidInTheFormThatWasAskedFor(String format) throws IOException {
    Files.writeString(out, "a file");

    var ran = run("compile --out OUT/R1 --output " + format);

    assertThat(ran.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    if (format.equals("json")) {
      assertThat(ran.err()).isEmpty();
      assertThat(ran.json().required("diagnostics").required(0).required("code").asText())
          .isEqualTo(Code.FILE_SYSTEM.id());
    } else {
      assertThat(ran.err()).startsWith("::error").contains(Code.FILE_SYSTEM.id());
    }
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Files.writeString(out, "a file");

    assertThat(run("compile --out OUT").err()).contains(Code.NOT_OURS.id());
    assertThat(out).hasContent("a file");
  }

  private void assertRefused(String commandLine) throws IOException {
    var before = Trees.read(out);
    var ran = run(commandLine);
    assertThat(ran.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(Code.NOT_OURS.id());
    Trees.assertSame(Trees.read(out), before);
    assertThat(folder).isDirectoryContaining(path -> path.equals(out));
    try (var beside = Files.list(folder)) {
      assertThat(beside).containsExactly(out);
    }
  }

  @Test
  void compilingWritesTheReleaseThatItNames() throws IOException {
    var ran = run("compile --out OUT --output json");

    assertThat(ran.json().required("release").asText())
        .isEqualTo(Compiled.release().digest().hex());
    Trees.assertSame(Trees.read(out), Trees.read(Compiled.folder()));
  }

  @Test
  void allAndEachOnItsOwnAreLinkedAlike() throws IOException {
    run("link --all --out OUT");
    var together = Trees.read(out.resolve("data"));
    out = folder.resolve("alone");
    run("link data --out OUT");

    Trees.assertSame(Trees.read(out), together);
  }

  @Test
  void digestsAreThoseThatLinkingWrites() throws IOException {
    var digests = run("link --all --digests --output json").json().required("clusters");
    run("link --all --out OUT");

    assertThat(out.resolve("fleet.json")).content().isEqualTo(CanonicalJson.text(digests));
    assertThat(out.resolve("shop/link.json"))
        .content()
        .contains(digests.required("aws:123456789012:eu-central-1:shop").asText());
  }

  private Running run(String commandLine) throws IOException {
    var words =
        Stream.of(commandLine.split(" ", -1))
            .map(word -> word.replace("OUT2", folder.resolve("out2").toString()))
            .map(word -> word.replace("OUT", out.toString()))
            .map(word -> word.replace("EMPTY", empty.toString()))
            .toArray(String[]::new);
    return Running.of(words);
  }
}
