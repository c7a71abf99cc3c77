package dev.fairway.deploy.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Buckets with the versions of their objects; a version that begins with {@code -} is a marker. */
final class DoomedBuckets implements S3Client {
  private final Map<String, List<String>> buckets = new TreeMap<>();

  void add(String bucket, String... versions) {
    buckets.put(bucket, new ArrayList<>(List.of(versions)));
  }

  List<String> versions(String bucket) {
    return Objects.requireNonNull(buckets.get(bucket), bucket);
  }

  @Override
  public HeadBucketResponse headBucket(HeadBucketRequest request) {
    if (!buckets.containsKey(request.bucket())) {
      throw NoSuchBucketException.builder().statusCode(404).build();
    }
    return HeadBucketResponse.builder().build();
  }

  @Override
  public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
    var all = versions(request.bucket());
    return ListObjectVersionsResponse.builder()
        .versions(
            all.stream()
                .filter(version -> !version.startsWith("-"))
                .map(version -> ObjectVersion.builder().key("key").versionId(version).build())
                .toList())
        .deleteMarkers(
            all.stream()
                .filter(version -> version.startsWith("-"))
                .map(version -> DeleteMarkerEntry.builder().key("key").versionId(version).build())
                .toList())
        .isTruncated(false)
        .build();
  }

  @Override
  public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
    request
        .delete()
        .objects()
        .forEach(object -> versions(request.bucket()).remove(object.versionId()));
    return DeleteObjectsResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "s3";
  }

  @Override
  public void close() {}
}
