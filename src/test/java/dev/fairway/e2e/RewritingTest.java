package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.e2e.Place.Ports;
import dev.fairway.e2e.Rewriting.Flag;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The table of rewritings has all that differs from a master, and nothing that does not. */
final class RewritingTest {
  static final List<String> PROGRAMS = StaticPod.PROGRAMS;
  private static final Place PLACE = new Place(Path.of("/elsewhere"), new Ports(1, 2, 3, 4, 5, 6));

  private final NodeConfig master =
      NodeConfig.read(Assemblies.folder("e2e").resolve("nodes/control-plane.ign"));

  @ParameterizedTest
  @FieldSource("PROGRAMS")
  void flagsDifferAsTheTableSays(String program) {
    var pod = StaticPod.of(master, program);
    var started = StaticPod.flags(pod.arguments(PLACE));

    var all = new TreeSet<>(pod.flags().keySet());
    all.addAll(started.keySet());
    var differing =
        all.stream()
            .filter(flag -> !back(started.getOrDefault(flag, "")).equals(pod.flags().get(flag)))
            .toList();

    assertThat(differing)
        .containsExactlyInAnyOrderElementsOf(
            Rewriting.FLAGS.stream()
                .filter(flag -> flag.program().equals(program))
                .map(Flag::name)
                .toList());
  }

  @Test
  void everyTextIsThereToBeRewritten() {
    var texts =
        master.files().entrySet().stream()
            .filter(file -> file.getKey().startsWith("/etc/kubernetes/"))
            .collect(
                Collectors.toMap(f -> f.getKey(), f -> f.getValue(), (a, b) -> a, TreeMap::new));

    assertThat(Rewriting.TEXTS)
        .allSatisfy(rewriting ->
            assertThat(texts.values()).anyMatch(text -> text.contains(rewriting.text())));
    assertThat(texts)
        .allSatisfy(
            (path, text) -> assertThat(back(Rewriting.text(text, PLACE))).as(path).isEqualTo(text));
  }

  @Test
  void everyRewritingHasAReason() {
    assertThat(Rewriting.FLAGS).allMatch(flag -> flag.reason().contains(" "));
    assertThat(Rewriting.TEXTS).allMatch(text -> text.reason().contains(" "));
  }

  private static String back(String text) {
    return text.replace("/elsewhere", "").replace(PLACE.server(), "https://127.0.0.1:6443");
  }
}
