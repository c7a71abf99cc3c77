package dev.fairway.platform.component;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** Volumes of pods, and where containers mount them. */
public final class Volumes {
  private Volumes() {}

  public static Volume configMap(String name, String configMap) {
    return new VolumeBuilder()
        .withName(name)
        .withNewConfigMap()
        .withName(configMap)
        .endConfigMap()
        .build();
  }

  /** A Secret that the fleet makes; {@code secret} is the token of the setting that names it. */
  public static Volume secret(String name, String secret) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secret)
        .endSecret()
        .build();
  }

  /** Scratch space that goes with the pod, and counts against the node's disk up to the limit. */
  public static Volume scratch(String name, String limit) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withNewSizeLimit(limit)
        .endEmptyDir()
        .build();
  }

  /** The same in memory, for keys: it is never written to a disk, and counts against memory. */
  public static Volume memory(String name, String limit) {
    return scratch(name, limit).edit().editEmptyDir().withMedium("Memory").endEmptyDir().build();
  }

  /** A folder of the node that must exist; needs {@link Reason#HOST_PATH}, like the next two. */
  public static Volume hostFolder(String name, String path) {
    return hostPath(name, path, "Directory");
  }

  public static Volume hostFolderOrNew(String name, String path) {
    return hostPath(name, path, "DirectoryOrCreate");
  }

  public static Volume hostFileOrNew(String name, String path) {
    return hostPath(name, path, "FileOrCreate");
  }

  public static VolumeMount readOnly(String name, String path) {
    return new VolumeMountBuilder().withName(name).withMountPath(path).withReadOnly(true).build();
  }

  public static VolumeMount writable(String name, String path) {
    return new VolumeMountBuilder().withName(name).withMountPath(path).build();
  }

  private static Volume hostPath(String name, String path, String type) {
    return new VolumeBuilder()
        .withName(name)
        .withNewHostPath()
        .withPath(path)
        .withType(type)
        .endHostPath()
        .build();
  }
}
