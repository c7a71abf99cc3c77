package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

class SecretsTest {
  @Test
  void thoseWithoutACurrentVersionAreNamed() {
    var cloudFormation = new FakeCloudFormation();
    cloudFormation.resources.put(
        "e2e-foundation",
        List.of(
            resource("AWS::SecretsManager::Secret", "pending"),
            resource("AWS::S3::Bucket", "bucket"),
            resource("AWS::SecretsManager::Secret", "gone").toBuilder()
                .resourceStatus("DELETE_COMPLETE")
                .build(),
            StackResourceSummary.builder().resourceType("AWS::SecretsManager::Secret").build(),
            resource("AWS::SecretsManager::Secret", "filled"),
            resource("AWS::SecretsManager::Secret", "empty")));
    var secrets =
        new FakeSecrets(
            Map.of(
                "pending", Map.of("1", List.of("AWSPENDING")),
                "filled", Map.of("1", List.of("AWSPREVIOUS"), "2", List.of("AWSCURRENT")),
                "empty", Map.of()));
    assertThat(new Secrets(cloudFormation, secrets).empty("e2e-foundation"))
        .containsExactly("name of empty", "name of pending");
  }

  private static StackResourceSummary resource(String type, String id) {
    return StackResourceSummary.builder().resourceType(type).physicalResourceId(id).build();
  }

  private record FakeSecrets(Map<String, Map<String, List<String>>> versions)
      implements SecretsManagerClient {
    @Override
    public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
      return DescribeSecretResponse.builder()
          .name("name of " + request.secretId())
          .versionIdsToStages(versions.get(request.secretId()))
          .build();
    }

    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {}
  }
}
