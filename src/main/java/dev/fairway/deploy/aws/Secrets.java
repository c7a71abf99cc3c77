package dev.fairway.deploy.aws;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/** The secrets that a stack has places for. */
record Secrets(CloudFormationClient cloudFormation, SecretsManagerClient secretsManager) {
  private static final String TYPE = "AWS::SecretsManager::Secret";
  private static final String CURRENT = "AWSCURRENT";

  /** The names of those that hold nothing yet, sorted. */
  List<String> empty(String stackName) {
    return cloudFormation
        .listStackResourcesPaginator(request -> request.stackName(stackName))
        .stackResourceSummaries()
        .stream()
        .filter(resource -> TYPE.equals(resource.resourceType()))
        .filter(resource -> resource.resourceStatus() != ResourceStatus.DELETE_COMPLETE)
        .flatMap(resource -> Optional.ofNullable(resource.physicalResourceId()).stream())
        // Listing all secrets would be one request, but may be minutes old.
        .map(id -> secretsManager.describeSecret(request -> request.secretId(id)))
        .filter(Secrets::isEmpty)
        .map(DescribeSecretResponse::name)
        .sorted()
        .toList();
  }

  private static boolean isEmpty(DescribeSecretResponse secret) {
    return Optional.ofNullable(secret.versionIdsToStages()).stream()
        .flatMap(versions -> versions.values().stream())
        .noneMatch(stages -> stages.contains(CURRENT));
  }
}
