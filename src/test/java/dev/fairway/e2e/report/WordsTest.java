package dev.fairway.e2e.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "aSecondDeployChangesNothing, a second deploy changes nothing",
    "theAPIServerIsUp, the API server is up",
    "KillTest, kill test",
    "killed50Times, killed 50 times"
  })
  void aNameIsASentence(String name, String words) {
    assertThat(Words.of(name)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"PT0.04S, 0.0 s", "PT9.94S, 9.9 s", "PT59.4S, 59 s", "PT61S, 1 min 01 s"})
  void aTimeIsReadAtOnce(Duration time, String words) {
    assertThat(Words.of(time)).isEqualTo(words);
  }
}
