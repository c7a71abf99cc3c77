package dev.fairway.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Digest;
import dev.fairway.model.Encoding;
import dev.fairway.model.Symbol;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.release.ReleaseManifest.TemplateEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Releases whose digests are right, and which would be linked into wrong bytes or not at all. */
class CoherenceTest {
  private static final String MANIFEST = "manifests/flannel.yaml";

  /** Without a token. */
  private static final String PLAIN = "manifests/priority-classes.yaml";

  private static final String NODE = "nodes/master.json";
  private static final String TEMPLATE = "templates/network.json";

  @TempDir private Path parent;

  /** A release in parts, to be put together differently. */
  private static final class Draft {
    final SortedMap<String, byte[]> files = new TreeMap<>(Compiled.release().files());
    final SortedMap<String, Symbol> symbols =
        new TreeMap<>(Compiled.release().manifest().symbols());
    List<ComponentEntry> components = new ArrayList<>(Compiled.release().manifest().components());
    List<String> order = new ArrayList<>(Compiled.release().manifest().order());
    List<Slot> slots = new ArrayList<>(Compiled.release().manifest().slots());
    List<TemplateEntry> templates = new ArrayList<>(Compiled.release().manifest().templates());

    void edit(String file, String old, String replacement) {
      var text = new String(files.get(file), UTF_8);
      assertThat(text).contains(old);
      files.put(file, text.replace(old, replacement).getBytes(UTF_8));
    }

    void slot(Predicate<Slot> which, UnaryOperator<Slot> change) {
      var slot = slots.stream().filter(which).findFirst().orElseThrow();
      slots.set(slots.indexOf(slot), change.apply(slot));
    }

    Release release() {
      var digests = new TreeMap<String, Digest>();
      files.forEach((path, bytes) -> digests.put(path, Digest.of(bytes)));
      var whole = Compiled.release().manifest();
      return new Release(
          new ReleaseManifest(
              whole.kubernetes(),
              digests,
              components,
              order,
              whole.profiles(),
              symbols,
              whole.defunct(),
              slots,
              templates),
          files);
    }
  }

  @Test
  void whatWasCompiledIsCoherent() {
    assertThat(Coherence.findings(Compiled.release())).isEmpty();
  }

  /** What was read of another release is good for the same bytes only, whatever slots it had. */
  @Test
  void aReleaseThatWasReadBeforeSavesOnlyWhatIsTheSame() {
    var before = Compiled.release();
    var otherBytes = new Draft();
    otherBytes.edit(MANIFEST, "apiVersion", " apiVersion");
    var otherSlots = new Draft();
    otherSlots.slots.removeIf(slot -> slot.file().equals(MANIFEST));

    assertThat(findings(new Draft().release(), before)).isEmpty();
    assertThat(findings(otherBytes.release(), before)).isNotEmpty();
    assertThat(findings(otherSlots.release(), before)).isNotEmpty();
  }

  private static List<Coherence.Finding> findings(Release release, Release before) {
    assertThat(Coherence.findings(before)).isEmpty();
    release.adopt(before);
    return Coherence.findings(release);
  }

  /** Nothing crashes of it later: not the diff, nor the linker, nor a deploy. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [                  | it is no manifest: line 2: expected the node content",
        "a: 1\\na: 2           | it is no manifest: line 2: a second a, which no manifest",
        "- 1                   | it is no manifest: line 1: a document that is no object",
        "a: &x [*x]            | it is no manifest: line 1: an alias",
        "? [1]\\n: 1           | it is no manifest: line 1: a key that is no text",
        "a: !!int x            | it is no manifest: line 1: a tag",
        "a: !x {}              | it is no manifest: line 1: a tag",
        "kind: 5               | it has an object without apiVersion, kind or metadata.name",
        "apiVersion: v1\\nkind: A\\nmetadata: [] | it has an object without apiVersion, kind",
      })
  void aManifestThatIsNone(String yaml, String message) throws IOException {
    assertFound(
        draft -> draft.files.put(PLAIN, (yaml.replace("\\n", "\n") + "\n").getBytes(UTF_8)),
        message);
  }

  @Test
  void aManifestThatIsDeeperThanAnyObject() throws IOException {
    assertFound(
        draft -> draft.files.put(PLAIN, ("a: " + "[".repeat(100_000)).getBytes(UTF_8)),
        "more than 100 levels");
  }

  @Test
  void anObjectThatStandsTwice() throws IOException {
    assertFound(
        draft -> draft.files.put(PLAIN, draft.files.get("manifests/volume-kinds.yaml")),
        " stands twice in the release");
  }

  /** Which of both another reader takes, nobody knows. */
  @Test
  void aTemplateThatCanBeReadInTwoWays() throws IOException {
    assertFound(
        draft -> draft.edit(TEMPLATE, "\"Resources\": {", "\"Resources\": {}, \"Resources\": {"),
        "it is no JSON object");
    assertFound(
        draft -> draft.files.put(TEMPLATE, "{} {}".getBytes(UTF_8)), "it is no JSON object");
  }

  @Test
  void aSlotBesideItsToken() throws IOException {
    assertFound(
        draft ->
            draft.slot(
                slot -> slot.place() instanceof Slot.Bytes,
                slot -> {
                  var at = (Slot.Bytes) slot.place();
                  var place = new Slot.Bytes(at.start() + 1, at.end() + 1);
                  return new Slot(slot.file(), place, slot.symbol(), slot.encoding());
                }),
        "no token is at the slot");
  }

  @Test
  void aSlotBeyondItsFile() throws IOException {
    assertFound(
        draft ->
            draft.slots.add(
                new Slot(
                    MANIFEST, new Slot.Bytes(9_000_000, 9_000_010), "cluster.id", Encoding.STRING)),
        "no token is at the slot 9000000-9000010");
  }

  @Test
  void aSlotOfAnotherSymbol() throws IOException {
    assertFound(
        draft ->
            draft.slot(
                slot -> slot.symbol().equals("cluster.account") && isManifest(slot),
                slot -> new Slot(slot.file(), slot.place(), "cluster.region", slot.encoding())),
        "cluster.region");
  }

  @Test
  void aSlotInAnotherEncoding() throws IOException {
    assertFound(
        draft ->
            draft.slot(
                slot -> slot.encoding() == Encoding.STRING && isManifest(slot),
                slot -> new Slot(slot.file(), slot.place(), slot.symbol(), Encoding.PLAIN)),
        "as PLAIN");
  }

  private static boolean isManifest(Slot slot) {
    return slot.place() instanceof Slot.Bytes;
  }

  @Test
  void aTokenWithoutASlot() throws IOException {
    assertFound(draft -> draft.slots.removeIf(CoherenceTest::isManifest), "no slot is listed");
    assertFound(draft -> draft.slots.removeIf(slot -> slot.file().equals(NODE)), "its slot differ");
    assertFound(draft -> draft.edit(TEMPLATE, "\"Parameters\"", "\"⟦a.b⟧\""), "it has a token");
  }

  @Test
  void aTokenWhereNobodyLooksForOne() throws IOException {
    assertFound(draft -> draft.edit(MANIFEST, "kind: DaemonSet", "kind: DaemonSet # ⟦"), "token");
  }

  @Test
  void anUnreadableManifest() throws IOException {
    assertFound(
        draft -> draft.edit(MANIFEST, "kind: DaemonSet", "kind: [ ⟦a.b⟧"), "it is no manifest");
  }

  @Test
  void aSlotOfANodeThatHasNoToken() throws IOException {
    assertFound(
        draft ->
            draft.slots.add(
                new Slot(NODE, new Slot.Pointer("/nowhere"), "cluster.id", Encoding.PLAIN)),
        "no token is at the slot /nowhere");
    assertFound(
        draft ->
            draft.slots.add(new Slot(NODE, new Slot.Bytes(1, 2), "cluster.id", Encoding.PLAIN)),
        "no token is at the slot 1-2");
  }

  @Test
  void aSlotOfAFileWithoutSlots() throws IOException {
    assertFound(
        draft ->
            draft.slots.add(new Slot(TEMPLATE, new Slot.Bytes(1, 2), "cluster.id", Encoding.PLAIN)),
        "no file with slots");
  }

  @Test
  void aSymbolThatIsNotInTheTable() throws IOException {
    assertFound(draft -> draft.symbols.remove("cluster.id"), "no symbol of the release");
  }

  @Test
  void parametersThatTheTemplateLacksOrHasMore() throws IOException {
    assertFound(draft -> draft.edit(TEMPLATE, "\"ClusterLocalId\": {", "\"Other\": {"), "Other");
    assertFound(draft -> parameter(draft, "More", "cluster.id"), "More");
    assertFound(
        draft -> parameter(draft, "ClusterLocalId", "cluster.account"), "cluster.account's");
  }

  private static void parameter(Draft draft, String name, String symbol) {
    draft.templates.replaceAll(template -> {
      var parameters = new TreeMap<>(template.parameters());
      parameters.put(name, symbol);
      return template.file().equals(TEMPLATE)
          ? new TemplateEntry(template.name(), template.nodeConfig(), parameters)
          : template;
    });
  }

  @Test
  void aFileThatNothingNames() throws IOException {
    assertFound(
        draft -> draft.files.put("manifests/more.yaml", new byte[0]), "manifests/more.yaml");
    assertFound(draft -> draft.files.put("policies/more.json", new byte[0]), "policies/more.json");
  }

  @Test
  void aFileThatIsNamedAndMissing() throws IOException {
    for (var file : List.of(MANIFEST, NODE, TEMPLATE, "assembly/manifest.json", "inventory.json")) {
      assertFound(draft -> draft.files.remove(file), "files lacks " + file);
    }
  }

  @Test
  void anOrderOfOtherComponents() throws IOException {
    assertFound(draft -> draft.order.removeFirst(), "order lacks");
    assertFound(draft -> draft.order.add("more"), "order has more");
    assertFound(draft -> draft.order.add(draft.order.getFirst()), "more than once");
    assertFound(draft -> draft.components.add(draft.components.getFirst()), "more than once");
  }

  @Test
  void aComponentThatNoTruthSwitches() throws IOException {
    assertFound(
        draft ->
            draft.components.set(
                0,
                new ComponentEntry(
                    draft.components.getFirst().name(), Optional.of("cluster.id"), List.of())),
        "neither true nor false");
  }

  @Test
  void aComponentThatNeedsSettingsAndCanNotBeOff() throws IOException {
    assertFound(
        draft ->
            draft.components.set(
                0,
                new ComponentEntry(
                    draft.components.getFirst().name(),
                    Optional.empty(),
                    List.of("setting.coredns_memory"))),
        "has no switch");
  }

  @Test
  void anAssemblyOfOtherStacks() throws IOException {
    var assembly = "assembly/manifest.json";
    assertFound(draft -> draft.edit(assembly, "\"etcd\": {", "\"etc\": {"), "artifacts lacks etcd");
    assertFound(draft -> draft.edit(assembly, "\"version\"", "\"vision\""), "no version");
    assertFound(
        draft -> draft.edit(assembly, "\"requiresBootstrapStackVersion\"", "\"requires\""),
        "not that of a stack");
    assertFound(draft -> draft.files.put(assembly, "[".getBytes(UTF_8)), "no JSON object");
  }

  /** What is wrong is said of the folder, whoever reads it. */
  private void assertFound(Consumer<Draft> change, String message) throws IOException {
    var draft = new Draft();
    change.accept(draft);
    var folder = parent.resolve("R");
    ReleaseFolder.write(draft.release(), folder);

    var read = ReleaseFolder.read(folder);

    assertThat(read.value()).isEmpty();
    assertThat(read.diagnostics().all())
        .allMatch(found -> found.code() == Code.INCOHERENT_RELEASE)
        .anyMatch(found -> found.message().contains(message));
  }
}
