package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
  @Test
  void aNumberAndAUnit() {
    assertThat(new Durations().convert("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(new Durations().convert("15m")).isEqualTo(Duration.ofMinutes(15));
    assertThat(new Durations().convert("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(new Durations().convert("7d")).isEqualTo(Duration.ofDays(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "s", "0s", "-1s", "1.5h", "1w", "9999999s", "1s ", "１s"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("as 90s");
  }
}
