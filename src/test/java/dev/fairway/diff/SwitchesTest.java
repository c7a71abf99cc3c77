package dev.fairway.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.link.Linkable;
import dev.fairway.link.Linker;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is counted as on where a cluster sets nothing is what the linker gives such a cluster. */
class SwitchesTest {
  static Stream<String> switches() {
    return Compiled.release().manifest().components().stream()
        .flatMap(component -> component.enabledBy().stream())
        .map(symbol -> symbol.replace("setting.", ""))
        .distinct();
  }

  @Test
  void whatIsOnIsWhatIsLinked() {
    assertThat(on(Compiled.release())).isEqualTo(linked(Compiled.release()));
  }

  @ParameterizedTest
  @MethodSource("switches")
  void whatIsOnWithASwitchOffIsWhatIsLinked(String setting) {
    var release = Edited.compiled().off(setting).release();

    assertThat(on(release)).isEqualTo(linked(release));
  }

  private static List<String> on(Release release) {
    var switches = Switches.of(release.manifest());
    return release.manifest().components().stream()
        .filter(component -> switches.ofManifest(component.file()).isOn())
        .map(ComponentEntry::name)
        .toList();
  }

  private static List<String> linked(Release release) {
    // Its record sets the one thing that each has to.
    var cluster = Compiled.fleet().find("e2e").orElseThrow();
    return new Linker(Linkable.of(release)).components(cluster).value().orElseThrow();
  }
}
