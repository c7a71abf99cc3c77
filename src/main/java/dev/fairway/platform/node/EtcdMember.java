package dev.fairway.platform.node;

import dev.fairway.model.Facts;
import dev.fairway.platform.cloud.Etcd;
import dev.fairway.platform.cloud.NodeRoles;

/** A node that runs one member of etcd, and nothing else. Which member it is, user data says. */
final class EtcdMember {
  /** The most that etcd recommends: past it the cluster refuses to write. */
  private static final long QUOTA_BYTES = 8L << 30;

  private EtcdMember() {}

  static NodeConfig config() {
    return Host.part()
        .and(
            Part.files(environment().file()),
            SecretFiles.part(NodeRoles.ETCD),
            Part.script("etcd-volume", Resources.started("etcd-volume.service")),
            Part.script("etcd-address", Resources.started("etcd-address.service")),
            Part.script("run-etcd", Resources.enabled("etcd.service")),
            Part.script("signal"),
            Part.script("etcd-ready", Resources.enabled("etcd-ready.service")))
        .named("etcd");
  }

  private static Environment environment() {
    return Environment.none()
        .with("CLUSTER_TAG", Facts.CLUSTER_TAG)
        .with("LOCAL_ID", Facts.LOCAL_ID)
        .with("REGION", Facts.REGION)
        .with("HOSTED_ZONE_ID", Facts.HOSTED_ZONE_ID)
        .with("RECORD_TTL", Etcd.RECORD_TTL.toSeconds())
        .with("ETCD_DOMAIN", Facts.ETCD_DOMAIN)
        .with("ETCD_MEMBERS", Etcd.MEMBERS)
        .with("ETCD_IMAGE", NodeImages.ETCD.toString())
        .with("CIPHER_SUITES", String.join(",", Tls.CIPHER_SUITES))
        .with("QUOTA_BYTES", QUOTA_BYTES);
  }
}
