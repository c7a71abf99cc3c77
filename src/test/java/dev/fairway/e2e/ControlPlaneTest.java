package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The masters' static pods as processes: they serve, and they are what Fairway wrote. */
@Tag("e2e")
final class ControlPlaneTest {
  @Test
  void serves() {
    try (var controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "control-plane")) {
      var admin = controlPlane.admin();
      assertThat(admin.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
      assertThat(
              Serialization.unmarshal(
                  admin.raw("/.well-known/openid-configuration"), java.util.Map.class))
          .containsEntry("issuer", "https://e2e.test.example.org");
      for (var program : StaticPod.PROGRAMS) {
        var arguments = controlPlane.process(program).handle().info().arguments().orElseThrow();
        assertThat(arguments)
            .containsExactlyElementsOf(
                StaticPod.of(controlPlane.master(), program).arguments(controlPlane.place()));
      }
    }
  }
}
