package dev.fairway.platform.cloud;

import dev.fairway.model.Profile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The kinds of nodes that a pool may have.
 *
 * <p>All instance types are Nitro ones (root and local disks are NVMe devices) with amd64
 * processors (all nodes boot one image). Those of one profile have the same vCPUs and memory: the
 * cluster autoscaler believes that every node of a group is like the first type. Where a region
 * lacks one of them, a pool names its own.
 *
 * <p>Special nodes are tainted, so that nothing lands on them by chance: it would cost more, be
 * reclaimed, or take the place of what needs them. A pod gets there by the label and a toleration
 * of the same key, {@value #PROFILE_LABEL}.
 */
public final class Profiles {
  /** Every node has these; the kubelet may set them, for they are not of kubernetes.io. */
  public static final String ROLE_LABEL = "fairway.dev/role";

  public static final String PROFILE_LABEL = "fairway.dev/profile";
  public static final String POOL_LABEL = "fairway.dev/pool";

  /** The resource that GPU nodes offer, and the key of their taint. */
  public static final String GPU_RESOURCE = "nvidia.com/gpu";

  /**
   * Four vCPUs and 16 GiB: of smaller nodes the system pods take a larger share, with larger ones
   * more is lost at once.
   */
  public static final Profile WORKER =
      new Profile(
          "worker",
          "Nodes for everything that asks for nothing special, one group a zone",
          true,
          false,
          false,
          false,
          List.of("m7i.xlarge", "m6i.xlarge", "m5.xlarge"),
          none(),
          none());

  /** Two GiB a vCPU. */
  public static final Profile HIGHCPU =
      special(
          "highcpu",
          "Nodes with half the memory a CPU, for work that computes",
          List.of("c7i.2xlarge", "c6i.2xlarge", "c6a.2xlarge"));

  /** Eight GiB a vCPU. */
  public static final Profile HIGHMEM =
      special(
          "highmem",
          "Nodes with twice the memory a CPU, for caches and heaps",
          List.of("r7i.2xlarge", "r6i.2xlarge", "r6a.2xlarge"));

  /** The second type has more disk, never less, so what fits the first fits any. */
  public static final Profile HIGHIO =
      new Profile(
          "highio",
          "Nodes whose ephemeral storage is local NVMe: fast, and gone with the node",
          false,
          false,
          true,
          false,
          List.of("i4i.xlarge", "i3en.xlarge"),
          one("fairway.dev/local-nvme", "true"),
          one(PROFILE_LABEL, "highio:NoSchedule"));

  /**
   * One GPU with 24 GB in either type; the cheaper g4dn has 16 GB, so a model that fits one node
   * would not fit the next.
   *
   * <p>The taint's key is the resource's, which NVIDIA's own DaemonSets tolerate. The label keeps
   * the cluster autoscaler from adding more nodes while the device plugin has yet to offer the GPU;
   * it asks for the key only, and the value can't tell which GPU a pool's first choice gets.
   */
  public static final Profile GPU =
      new Profile(
          "gpu",
          "Nodes with NVIDIA GPUs",
          false,
          false,
          false,
          true,
          List.of("g6.xlarge", "g5.xlarge"),
          one("k8s.amazonaws.com/accelerator", "nvidia"),
          one(GPU_RESOURCE, "present:NoSchedule"));

  /** As many types as a pool may have: each is a spot pool of its own in each zone. */
  public static final Profile SPOT =
      new Profile(
          "spot",
          "Nodes that EC2 may take back at two minutes' notice, at a fraction of the price",
          false,
          true,
          false,
          false,
          List.of(
              "m7i.xlarge",
              "m6i.xlarge",
              "m6a.xlarge",
              "m6id.xlarge",
              "m5.xlarge",
              "m5a.xlarge",
              "m5n.xlarge",
              "m5d.xlarge"),
          one("fairway.dev/spot", "true"),
          one(PROFILE_LABEL, "spot:NoSchedule"));

  private static final List<Profile> ALL = List.of(WORKER, HIGHCPU, HIGHMEM, HIGHIO, GPU, SPOT);

  private Profiles() {}

  public static List<Profile> all() {
    return ALL;
  }

  public static Optional<Profile> find(String name) {
    return ALL.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }

  /** What nodes of the profile are labelled with, whatever their pool is. */
  public static SortedMap<String, String> labels(Profile profile) {
    var labels = new TreeMap<>(profile.labels());
    labels.put(ROLE_LABEL, "worker");
    labels.put(PROFILE_LABEL, profile.name());
    return Collections.unmodifiableSortedMap(labels);
  }

  private static Profile special(String name, String purpose, List<String> instanceTypes) {
    return new Profile(
        name,
        purpose,
        false,
        false,
        false,
        false,
        instanceTypes,
        none(),
        one(PROFILE_LABEL, name + ":NoSchedule"));
  }

  private static SortedMap<String, String> none() {
    return new TreeMap<>();
  }

  private static SortedMap<String, String> one(String key, String value) {
    return new TreeMap<>(Map.of(key, value));
  }
}
