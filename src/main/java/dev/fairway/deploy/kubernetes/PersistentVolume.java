package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a PersistentVolume says of itself. */
final class PersistentVolume {
  private static final String DRIVER = "ebs.csi.aws.com";

  private PersistentVolume() {}

  /** Such as {@code vol-0123456789abcdef0}; empty when it is no volume of EBS. */
  static Optional<String> idInEc2(JsonNode volume) {
    var csi = volume.at("/spec/csi");
    var id =
        csi.path("driver").asText().equals(DRIVER)
            ? csi.path("volumeHandle").asText()
            : volume.at("/spec/awsElasticBlockStore/volumeID").asText();
    // Kubernetes' own plugin wrote aws://<zone>/<id>.
    return Optional.of(id.substring(id.lastIndexOf('/') + 1)).filter(text -> !text.isEmpty());
  }

  /** Whatever is not to be deleted with its claim is to be kept. */
  static boolean isKept(JsonNode volume) {
    return !volume.at("/spec/persistentVolumeReclaimPolicy").asText().equals("Delete");
  }

  /** Whether its claim is going or gone, and it has to follow. */
  static boolean isGoing(JsonNode volume) {
    return !isKept(volume) && volume.at("/spec").has("claimRef");
  }
}
