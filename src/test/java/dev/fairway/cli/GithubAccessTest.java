package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.Github;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GithubAccessTest {
  private static final Map<String, String> PUBLIC =
      Map.of("GITHUB_REPOSITORY", "example/platform", "GITHUB_TOKEN", "token");

  @Test
  void withoutAnAddressItIsThePublicOne() {
    assertThat(GithubAccess.of(PUBLIC).value())
        .map(Github::api)
        .contains(URI.create("https://api.github.com"));
  }

  @Test
  void aWorkflowOfAGithubOfOnesOwnIsObeyed() {
    var ours =
        Map.of(
            "GITHUB_REPOSITORY", "example/platform",
            "GITHUB_TOKEN", "token",
            "GITHUB_API_URL", "https://github.example.org/api/v3");

    assertThat(GithubAccess.of(ours).value())
        .map(Github::api)
        .contains(URI.create("https://github.example.org/api/v3"));
  }

  @Test
  void onALaptopThatSaysNothingBothAreAskedFor() {
    assertThat(GithubAccess.of(Map.of()).diagnostics().all()).hasSize(2);
  }
}
