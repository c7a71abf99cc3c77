package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.e2e.cloud.Descriptions.Describer;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Buckets and their policies, keys and secrets. */
record StorageDescriptions(AwsClients clients) {

  Map<String, Describer> all() {
    return Map.of(
        "AWS::S3::Bucket", this::bucket,
        "AWS::S3::BucketPolicy", this::bucketPolicy,
        "AWS::KMS::Key", this::key,
        "AWS::SecretsManager::Secret", this::secret);
  }

  private Optional<ObjectNode> bucket(Resource resource) {
    var s3 = clients.s3();
    var name = resource.id();
    try {
      s3.headBucket(request -> request.bucket(name));
    } catch (NoSuchBucketException e) {
      return Optional.empty();
    }
    var bucket = Documents.object().put("BucketName", name).put("Arn", "arn:aws:s3:::" + name);
    bucket.set("BucketEncryption", encryption(s3, name));
    bucket.set(
        "PublicAccessBlockConfiguration",
        Documents.of(
            s3.getPublicAccessBlock(request -> request.bucket(name))
                .publicAccessBlockConfiguration()));
    bucket.set(
        "OwnershipControls",
        Documents.of(
            s3.getBucketOwnershipControls(request -> request.bucket(name)).ownershipControls()));
    bucket.set(
        "VersioningConfiguration",
        Documents.of(s3.getBucketVersioning(request -> request.bucket(name))));
    addWhatMayBeUnset(bucket, name);
    return Optional.of(bucket);
  }

  private static ObjectNode encryption(S3Client s3, String name) {
    var answer =
        Documents.of(
            s3.getBucketEncryption(request -> request.bucket(name))
                .serverSideEncryptionConfiguration());
    for (var rule : answer.path("Rules")) {
      ((ObjectNode) rule)
          .set("ServerSideEncryptionByDefault", rule.path("ApplyServerSideEncryptionByDefault"));
    }
    var encryption = Documents.object();
    encryption.set("ServerSideEncryptionConfiguration", answer.path("Rules"));
    return encryption;
  }

  private void addWhatMayBeUnset(ObjectNode bucket, String name) {
    var s3 = clients.s3();
    try {
      var rules = bucket.putObject("LifecycleConfiguration").putArray("Rules");
      s3.getBucketLifecycleConfiguration(request -> request.bucket(name)).rules().stream()
          .map(StorageDescriptions::inWords)
          .forEach(rules::add);
    } catch (S3Exception e) {
      bucket.remove("LifecycleConfiguration");
    }
    try {
      var tags = bucket.putArray("Tags");
      s3.getBucketTagging(request -> request.bucket(name))
          .tagSet()
          .forEach(tag -> tags.add(Documents.of(tag)));
    } catch (S3Exception e) {
      bucket.remove("Tags");
    }
  }

  private static ObjectNode inWords(LifecycleRule rule) {
    var words = Documents.of(rule);
    words.set("Id", words.path("ID"));
    words.set("ExpirationInDays", words.path("Expiration").path("Days"));
    return words;
  }

  private Optional<ObjectNode> bucketPolicy(Resource resource) {
    var name = resource.text("Bucket");
    try {
      var text = clients.s3().getBucketPolicy(request -> request.bucket(name)).policy();
      var policy = Documents.object().put("Bucket", name);
      policy.set("PolicyDocument", Documents.parse(text));
      return Optional.of(policy);
    } catch (S3Exception e) {
      return Optional.empty();
    }
  }

  private Optional<ObjectNode> key(Resource resource) {
    var id = Map.of("KeyId", resource.id());
    var key = (ObjectNode) kms("DescribeKey", id).path("KeyMetadata");
    var policy = kms("GetKeyPolicy", Map.of("KeyId", resource.id(), "PolicyName", "default"));
    key.set("KeyPolicy", Documents.parse(policy.path("Policy").asText()));
    key.set("EnableKeyRotation", kms("GetKeyRotationStatus", id).path("KeyRotationEnabled"));
    var tags = key.putArray("Tags");
    for (var tag : kms("ListResourceTags", id).path("Tags")) {
      tags.addObject()
          .put("Key", tag.path("TagKey").asText())
          .put("Value", tag.path("TagValue").asText());
    }
    return Optional.of(key);
  }

  private JsonNode kms(String action, Map<String, String> parameters) {
    return clients.json().call("kms", "TrentService." + action, parameters);
  }

  private Optional<ObjectNode> secret(Resource resource) {
    var answer = clients.secrets().describeSecret(request -> request.secretId(resource.id()));
    return Optional.of(Documents.of(answer));
  }
}
