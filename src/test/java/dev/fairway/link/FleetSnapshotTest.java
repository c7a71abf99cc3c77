package dev.fairway.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fairway.Compiled;
import dev.fairway.Snapshots;
import dev.fairway.model.Digest;
import dev.fairway.source.ClusterSource;
import java.io.IOException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What each cluster of the example fleet is given: the values, and nothing that the release's own
 * snapshots show. A digest is shown as whose it is, so that it does not change with each script.
 */
class FleetSnapshotTest {

  @TestFactory
  Stream<DynamicTest> fleet() {
    return Compiled.fleet().clusters().stream()
        .map(source -> dynamicTest(source.cluster().alias(), () -> assertMatches(source)));
  }

  private static void assertMatches(ClusterSource source) throws IOException {
    var alias = source.cluster().alias();
    var linked = new Linker(Compiled.linkable()).link(source);
    var assembly = linked.value().orElseThrow(() -> new AssertionError(linked.diagnostics()));
    for (var file : new String[] {"parameters.json", DeployArguments.FILE}) {
      Snapshots.assertMatches("fleet", alias + "/" + file, text(assembly, file));
    }
    Snapshots.assertMatches(
        "fleet", alias + "/stacks.txt", withoutDigests(AssemblyText.stacks(assembly), assembly));
    Snapshots.assertMatches(
        "fleet", alias + "/values.txt", AssemblyText.values(assembly, Compiled.release()));
  }

  private static String text(Assembly assembly, String file) {
    return withoutDigests(new String(AssemblyText.bytes(assembly, file), UTF_8), assembly);
  }

  private static String withoutDigests(String text, Assembly assembly) {
    SortedMap<String, Content> files = assembly.files();
    var shown = text;
    for (var file : files.entrySet()) {
      if (file.getKey().startsWith("nodes/")) {
        var sha512 = HexFormat.of().formatHex(Digest.sha512().digest(file.getValue().bytes()));
        shown =
            shown
                .replace(file.getValue().digest().hex(), "(sha256 of " + file.getKey() + ")")
                .replace(sha512, "(sha512 of " + file.getKey() + ")");
      }
    }
    return shown;
  }
}
