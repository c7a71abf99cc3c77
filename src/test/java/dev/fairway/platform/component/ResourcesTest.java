package dev.fairway.platform.component;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcesTest {

  @ParameterizedTest
  @CsvSource({
    "512Mi, 512Mi, true",
    "512Mi, 1Gi, true",
    "512Mi, 8Gi, true",
    "300Mi, 600Mi, true",
    "512Mi, 256Mi, false",
    "512Mi, 100Mi, false",
    "512Mi, 600Mi, false",
    "512Mi, 512, false",
  })
  void memoryCanOnlyBeRaised(String initial, String value, boolean allowed) {
    var memory = Resources.memorySetting("example_memory", initial, "An example");
    assertThat(memory.type().parse(value).isPresent()).isEqualTo(allowed);
  }
}
