package dev.fairway.deploy.aws;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/**
 * The volumes that the EBS CSI driver made for pods. What is to become of one stands in its
 * PersistentVolume, which is gone before the volume can be deleted: so a destroy writes it into a
 * tag of the volume while it can still be asked, and a later run reads it there.
 */
final class Volumes implements Made {
  /** People may set it as well, to keep a volume whatever its PersistentVolume says. */
  static final String RECLAIM_TAG = "fairway:reclaim";

  private final Ec2Client ec2;
  private final Ownership ours;

  Volumes(Ec2Client ec2, Ownership ours) {
    this.ec2 = ec2;
    this.ours = ours;
  }

  @Override
  public String type() {
    return AwsResource.VOLUME;
  }

  /** Each of them with what its tag says, empty where it has none; by id. */
  SortedMap<String, Optional<Reclaim>> all() {
    var all = new TreeMap<String, Optional<Reclaim>>();
    ec2
        .describeVolumesPaginator(
            request -> request.filters(filter("tag:" + ours.tagKey(), ours.tag())))
        .volumes()
        .stream()
        .filter(volume -> volume.state() != VolumeState.DELETING)
        .filter(volume -> ours.isOfTheDriver(tags(volume)))
        .forEach(volume -> all.put(volume.volumeId(), reclaim(tags(volume))));
    return all;
  }

  /** Those of which it is written that they go: one without a tag may have to be kept. */
  @Override
  public List<String> find() {
    return all().entrySet().stream()
        .filter(volume -> volume.getValue().equals(Optional.of(Reclaim.DELETE)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Writes the tag; the driver may delete volumes meanwhile, which must not spare the others. */
  void mark(Collection<String> ids, Reclaim reclaim) {
    var tag = Tag.builder().key(RECLAIM_TAG).value(reclaim.word()).build();
    ids.forEach(id -> unlessGone(() -> ec2.createTags(request -> request.resources(id).tags(tag))));
  }

  @Override
  public void delete(String id) {
    unlessGone(() -> ec2.deleteVolume(request -> request.volumeId(id)));
  }

  private static void unlessGone(Supplier<?> call) {
    try {
      var _ = call.get();
    } catch (Ec2Exception e) {
      if (!Failing.code(e).equals("InvalidVolume.NotFound")) {
        throw e;
      }
    }
  }

  /** Another value is a slip of whoever wrote it, and a volume can't be brought back. */
  private static Optional<Reclaim> reclaim(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(RECLAIM_TAG))
        .map(word -> word.equals(Reclaim.DELETE.word()) ? Reclaim.DELETE : Reclaim.RETAIN);
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  private static Map<String, String> tags(Volume volume) {
    return volume.tags().stream().collect(Collectors.toMap(Tag::key, Ownership.value(Tag::value)));
  }
}
