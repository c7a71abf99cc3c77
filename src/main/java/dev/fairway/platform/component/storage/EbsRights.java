package dev.fairway.platform.component.storage;

import dev.fairway.model.Facts;
import dev.fairway.model.Statement;
import dev.fairway.model.Value;
import dev.fairway.platform.cloud.Arns;
import java.util.List;

/**
 * What the EBS CSI driver may do in EC2: with volumes that it has made for this cluster, and on the
 * cluster's own instances.
 */
final class EbsRights {
  /** The tag of all stacks, and so of all instances; the driver gives it to volumes as well. */
  static final String TAG = "fairway:cluster";

  private EbsRights() {}

  static List<Statement> all() {
    return List.of(look(), make(), tag(), change(), attach());
  }

  private static Statement look() {
    return Statement.allowOnAll(
        "SeeVolumesAndInstances",
        List.of(
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInstances",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeTags",
            "ec2:DescribeVolumes",
            "ec2:DescribeVolumesModifications",
            "ec2:DescribeVolumeStatus"),
        "these actions know no resources");
  }

  /** The key {@code aws/ebs} encrypts: its own policy admits everybody who may use EBS. */
  private static Statement make() {
    return Statement.allow("MakeVolumes", List.of("ec2:CreateVolume"), List.of(any("volume")))
        .when("StringEquals", "aws:RequestTag/" + TAG, Value.of(Facts.CLUSTER_TAG));
  }

  private static Statement tag() {
    return Statement.allow("TagNewVolumes", List.of("ec2:CreateTags"), List.of(any("volume")))
        .when("StringEquals", "ec2:CreateAction", Value.of("CreateVolume"))
        .because(
            "a volume has no name before it is made, and no tag: only in its making is it tagged");
  }

  /** The driver's own tag as well: etcd's volumes have the cluster's. */
  private static Statement change() {
    return ofCluster(
            Statement.allow(
                "ChangeOwnVolumes",
                List.of(
                    "ec2:AttachVolume", "ec2:DeleteVolume", "ec2:DetachVolume", "ec2:ModifyVolume"),
                List.of(any("volume"))))
        .when(
            "StringEquals", "aws:ResourceTag/" + EbsCsiDriver.NAME + "/cluster", Value.of("true"));
  }

  private static Statement attach() {
    return ofCluster(
        Statement.allow(
            "AttachToOwnNodes",
            List.of("ec2:AttachVolume", "ec2:DetachVolume"),
            List.of(any("instance"))));
  }

  private static Statement ofCluster(Statement statement) {
    return statement.when("StringEquals", "aws:ResourceTag/" + TAG, Value.of(Facts.CLUSTER_TAG));
  }

  private static Value any(String resource) {
    return Arns.regional("ec2", resource + "/*");
  }
}
