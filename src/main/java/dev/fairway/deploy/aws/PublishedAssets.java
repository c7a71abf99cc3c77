package dev.fairway.deploy.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.link.Stack;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What an assembly has in the bootstrap's bucket. CloudFormation knows a node config by its name
 * only: one that somebody deleted is missed by nobody until an instance boots.
 *
 * @param files of the assembly, by path
 */
record PublishedAssets(S3Client s3, Function<String, Optional<byte[]>> files) {
  private static final String NODE_CONFIG = ".ign";
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;

  /** Whether something is where it should be. */
  enum Presence {
    THERE,
    GONE,
    /** The credentials may not look; whoever publishes it finds out. */
    UNKNOWN
  }

  /** Of the stack's own; a stack without one lacks none. */
  Presence nodeConfig(Stack stack) {
    return files
        .apply(stack.stackName() + ".assets.json")
        .map(Json::tree)
        .flatMap(PublishedAssets::nodeConfig)
        .map(this::presence)
        .orElse(Presence.THERE);
  }

  private static Optional<JsonNode> nodeConfig(JsonNode assets) {
    return StreamSupport.stream(assets.path("files").spliterator(), false)
        .filter(file -> file.at("/source/path").asText().endsWith(NODE_CONFIG))
        .map(file -> file.at("/destinations/here"))
        .findFirst();
  }

  private Presence presence(JsonNode place) {
    try {
      var _ =
          s3.headObject(request ->
              request
                  .bucket(place.path("bucketName").asText())
                  .key(place.path("objectKey").asText()));
      return Presence.THERE;
    } catch (AwsServiceException e) {
      return switch (e.statusCode()) {
        case NOT_FOUND -> Presence.GONE;
        case FORBIDDEN -> Presence.UNKNOWN;
        default -> throw e;
      };
    }
  }
}
