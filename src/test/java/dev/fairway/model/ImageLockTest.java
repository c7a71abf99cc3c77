package dev.fairway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLockTest {
  private static final String DIGEST = "a".repeat(64);
  private static final String LINE =
      "registry.k8s.io/pause:3.10.2 sha256:" + DIGEST + " linux/amd64,linux/arm64\n";

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    var lock = ImageLock.parse("# a comment\n\n" + LINE);

    assertThat(ImageLock.parse(lock.text())).isEqualTo(lock);
    assertThat(lock.text()).endsWith(LINE);
  }

  @Test
  void anImageInItIsNamedByTagAndDigest() {
    var lock = ImageLock.parse(LINE);

    assertThat(lock.pin(Image.tagged("registry.k8s.io/pause:3.10.2")))
        .hasToString("registry.k8s.io/pause:3.10.2@sha256:" + DIGEST);
    assertThat(lock.pin(Image.tagged("registry.k8s.io/pause:3.10.1")))
        .hasToString("registry.k8s.io/pause:3.10.1");
  }

  @Test
  void thatOfThisProgramIsOneThatCanBeRead() {
    assertThat(ImageLock.parse(ImageLock.ofFairway().text())).isEqualTo(ImageLock.ofFairway());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry.k8s.io/pause:3.10.2",
        "registry.k8s.io/pause:3.10.2 sha256:abc linux/amd64",
        "registry.k8s.io/pause:latest sha256:" + "%s" + " linux/amd64",
        "registry.k8s.io/pause:3.10.2 %s linux/amd64",
      })
  void whatNobodyWroteIsRefused(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageLock.parse(line.replace("%s", DIGEST)));
  }

  @Test
  void anImageStandsOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageLock.parse(LINE + LINE))
        .withMessageContaining("twice");
  }
}
