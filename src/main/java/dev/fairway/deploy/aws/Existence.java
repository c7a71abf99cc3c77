package dev.fairway.deploy.aws;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Whether what was retained is still there: stacks' events tell for 90 days of what somebody may
 * have deleted since. Of types that are not asked for, and where asking is not allowed, the answer
 * is yes: better a line too many than a bucket forgotten.
 */
final class Existence {
  private static final List<String> GONE =
      List.of("InvalidVolume.NotFound", "NoSuchBucket", "NotFound", "ResourceNotFoundException");
  private static final int NOT_FOUND = 404;

  private final Ec2Client ec2;
  private final S3Client s3;
  private final SecretsManagerClient secrets;

  Existence(Ec2Client ec2, S3Client s3, SecretsManagerClient secrets) {
    this.ec2 = ec2;
    this.s3 = s3;
    this.secrets = secrets;
  }

  boolean isThere(AwsResource resource) {
    try {
      return switch (resource.type()) {
        case AwsResource.VOLUME ->
            !ec2.describeVolumes(request -> request.volumeIds(resource.id())).volumes().isEmpty();
        case AwsResource.BUCKET -> {
          var _ = s3.headBucket(request -> request.bucket(resource.id()));
          yield true;
        }
        case AwsResource.SECRET -> {
          var _ = secrets.describeSecret(request -> request.secretId(resource.id()));
          yield true;
        }
        default -> true;
      };
    } catch (AwsServiceException e) {
      return !isGone(e);
    }
  }

  private static boolean isGone(AwsServiceException e) {
    return e.statusCode() == NOT_FOUND || GONE.contains(Failing.code(e));
  }
}
