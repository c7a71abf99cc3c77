package dev.fairway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  @ParameterizedTest
  @ValueSource(strings = {"api-server", "etcd-member", "a-b-client", "short", "Capital", "1st-key"})
  void aNameThatLooksLikeTheEndOfAnArnIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> secret(name))
        .withMessageContaining("a secret's name")
        .withMessageEndingWith(": " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-server-tls", "clients", "client", "etcd-clients", "kubernetes-ca"})
  void anyOtherIsTaken(String name) {
    assertThat(secret(name).name()).isEqualTo(name);
  }

  private static Secret secret(String name) {
    return new Secret(name, "A secret of a test", List.of(), List.of());
  }
}
