package dev.fairway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTest {

  @ParameterizedTest
  @ValueSource(strings = {"stable", "trixie-slim", "main", "latest"})
  void aTagThatIsNoVersionIsRefused(String tag) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.of("registry.example.org/tools:" + tag))
        .withMessageContaining("registry.example.org/tools:" + tag);
  }

  @Test
  void aVersionIsTaken() {
    assertThat(Image.of("registry.example.org/tools:v1.2"))
        .hasToString("registry.example.org/tools:v1.2");
  }

  /** Derived from the lock, so that it holds for whichever stand there. */
  @Test
  void anyTagIsTakenWhoseDigestIsKnown() {
    assertThat(ImageLock.ofFairway().entries())
        .isNotEmpty()
        .allSatisfy((name, entry) ->
            assertThat(Image.of(name)).hasToString(name + "@sha256:" + entry.digest().hex()));
  }
}
