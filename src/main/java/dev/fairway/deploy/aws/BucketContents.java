package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** All versions of all objects of a bucket: CloudFormation deletes none that holds any. */
final class BucketContents {
  private final S3Client s3;
  private final Objection objection;

  /**
   * @param objection asked before each page
   */
  BucketContents(S3Client s3, Objection objection) {
    this.s3 = s3;
    this.objection = objection;
  }

  boolean isEmpty(String bucket) {
    try {
      var page = s3.listObjectVersions(request -> request.bucket(bucket).maxKeys(1));
      return identifiers(page).isEmpty();
    } catch (NoSuchBucketException e) {
      return true;
    }
  }

  /**
   * Deletes them page by page; what was written since is found by the next look.
   *
   * @return whether the time sufficed
   */
  boolean delete(String bucket, Deadline deadline) {
    try {
      for (var page : s3.listObjectVersionsPaginator(request -> request.bucket(bucket))) {
        if (deadline.isOver()) {
          return false;
        }
        objection.heed();
        delete(bucket, identifiers(page));
      }
    } catch (NoSuchBucketException e) {
      // Then it holds nothing.
    }
    return true;
  }

  private void delete(String bucket, List<ObjectIdentifier> page) {
    if (!page.isEmpty()) {
      var _ =
          s3.deleteObjects(
              request -> request.bucket(bucket).delete(delete -> delete.objects(page).quiet(true)));
    }
  }

  private static List<ObjectIdentifier> identifiers(ListObjectVersionsResponse page) {
    var versions = page.versions().stream().map(BucketContents::of);
    var markers = page.deleteMarkers().stream().map(BucketContents::of);
    return Stream.concat(versions, markers).toList();
  }

  private static ObjectIdentifier of(ObjectVersion version) {
    return ObjectIdentifier.builder().key(version.key()).versionId(version.versionId()).build();
  }

  private static ObjectIdentifier of(DeleteMarkerEntry marker) {
    return ObjectIdentifier.builder().key(marker.key()).versionId(marker.versionId()).build();
  }
}
