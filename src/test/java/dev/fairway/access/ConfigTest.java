package dev.fairway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  private static final String GOOD =
      """
      {
        "port": 1021,
        "issuer": "https://login.example.org/",
        "audience": "kubernetes-api",
        "verification": "jwks",
        "verificationUrl": "https://login.example.org/keys",
        "userClaim": "sub",
        "userPrefix": "oauth:",
        "rolesUrl": "https://roles.example.org/users/{user}",
        "groups": {"ReadOnly": "ReadOnly"}
      }
      """;

  @TempDir private Path folder;

  @Test
  void everyKeyIsRead() throws IOException {
    var config = read(GOOD);

    assertThat(config.port()).isEqualTo(1021);
    assertThat(config.verification()).isEqualTo(Config.Verification.JWKS);
    assertThat(config.groups()).containsEntry("ReadOnly", "ReadOnly").hasSize(1);
    assertThat(config.credentials()).isEmpty();
  }

  @Test
  void aClientsSecretIsInAFileOfItsOwnAndNeverShown() throws IOException {
    Files.writeString(folder.resolve("client"), "webhook:s3cret\n");
    var config = read(GOOD.replace("\"port\"", "\"credentialsFile\": \"client\", \"port\""));

    assertThat(config.credentials().orElseThrow().basic()).isEqualTo("Basic d2ViaG9vazpzM2NyZXQ=");
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"port\" | \"prot\" | it lacks port",
        "\"port\": 1021 | \"port\": 1021, \"port\": 1 | no JSON object",
        "\"port\": 1021 | \"port\": 1021, \"extra\": 1 | nothing reads extra",
        "\"port\": 1021 | \"port\": \"1021\" | port is no number",
        "https://login.example.org/keys | http://login.example.org/keys | must be of https",
        "https://login.example.org/keys | file:///etc/passwd | must be of https",
        "{user} | user | rolesUrl has no {user}",
        "oauth: | system: | userPrefix",
        "\"oauth:\" | \"\" | userPrefix is empty",
        "\"jwks\" | \"none\" | must be jwks or introspection",
        "\"ReadOnly\"} | \"system:masters\"} | Kubernetes' own",
        "\"kubernetes-api\" | \"\" | audience is empty",
      })
  void whatIsWrongIsSaid(String from, String to, String said) {
    var text = GOOD.replace(from, to);

    assertThat(text).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  private Config read(String text) throws IOException {
    return Config.read(Files.writeString(folder.resolve("config.json"), text));
  }
}
