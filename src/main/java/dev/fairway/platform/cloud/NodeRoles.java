package dev.fairway.platform.cloud;

import dev.fairway.model.Facts;
import dev.fairway.model.Role;
import dev.fairway.model.Statement;
import dev.fairway.model.Value;
import dev.fairway.model.Value.Pseudo;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the nodes themselves may do. It is as much as whoever breaks into a node may do, so each
 * permission names its resources as closely as AWS lets it; pods have roles of their own.
 */
public final class NodeRoles {
  public static final String MASTER = "master";
  public static final String WORKER = "worker";
  public static final String ETCD = "etcd";

  private NodeRoles() {}

  static List<Role> all() {
    return List.of(
        role(
            MASTER,
            cloudController(),
            backUp(),
            encryptBackups(),
            assumePodRoles(),
            readRegions(),
            completeHooks("-control-plane"),
            signal("control-plane")),
        role(WORKER, assumePodRoles(), readRegions(), completeHooks("-pool-*")),
        role(
            ETCD,
            writeOwnName(),
            readMemberNames(),
            attachVolume(),
            attachToInstance(),
            useVolumeKey(),
            grantVolumeKey(),
            signal("etcd")));
  }

  private static Role role(String name, Statement... statements) {
    var all =
        Stream.concat(
            Stream.of(readNodeConfig(), readSecrets(name), decryptSecrets()),
            Stream.of(statements));
    return Role.ofInstances(name, all.toList());
  }

  /** Node configs end in .ign; the templates beside them in the bucket are none of a node's. */
  private static Statement readNodeConfig() {
    return Statement.allow(
        "ReadNodeConfig",
        List.of("s3:GetObject"),
        List.of(Arns.global("s3", Facts.ASSETS_BUCKET, "/*.ign")));
  }

  /** Only where the bucket has a key of its own: a policy can't name an empty one. */
  static Statement decryptNodeConfig() {
    return Statement.allow(
            "DecryptNodeConfig", List.of("kms:Decrypt"), List.of(Value.of(Facts.ASSETS_KEY_ARN)))
        .when("StringEquals", "kms:ViaService", Arns.service("s3"));
  }

  private static Statement readSecrets(String role) {
    return Statement.allow(
        "ReadSecrets",
        List.of("secretsmanager:GetSecretValue"),
        Secrets.readBy(role).stream().map(Foundation::secretId).map(Value::ref).toList());
  }

  /** One key for all secrets is enough: Secrets Manager decrypts only what a node may read. */
  private static Statement decryptSecrets() {
    return Statement.allow(
            "DecryptSecrets",
            List.of("kms:Decrypt"),
            List.of(Value.attribute(Foundation.SECRETS_KEY, "Arn")))
        .when("StringEquals", "kms:ViaService", Arns.service("secretsmanager"));
  }

  /**
   * What kube2iam hands out. The node roles stand under this path too, but trust EC2 alone, so no
   * node and no pod becomes another node; and each pod role trusts one of the two node roles.
   */
  private static Statement assumePodRoles() {
    return Statement.allow(
        "AssumePodRoles",
        List.of("sts:AssumeRole"),
        List.of(
            Value.join(
                "arn:", Pseudo.PARTITION, ":iam::", Pseudo.ACCOUNT, ":role", Role.path(), "*")));
  }

  private static Statement readRegions() {
    return Statement.allowOnAll(
        "ReadRegions",
        List.of("ec2:DescribeRegions"),
        "kube2iam looks up the region's STS endpoint; the action knows no resources");
  }

  /** The node says that it is ready, and later that it is drained. */
  private static Statement completeHooks(String groups) {
    return Statement.allow(
        "CompleteHooks",
        List.of("autoscaling:CompleteLifecycleAction"),
        List.of(
            Arns.regional(
                "autoscaling",
                "autoScalingGroup:*:autoScalingGroupName/",
                Facts.LOCAL_ID,
                groups)));
  }

  /** The node says that it is healthy, and a rolling update goes on. */
  private static Statement signal(String stack) {
    return Statement.allow(
        "SignalStack",
        List.of("cloudformation:SignalResource"),
        List.of(Arns.regional("cloudformation", "stack/", Facts.LOCAL_ID, "-" + stack + "/*")));
  }

  /**
   * The controller runs in the host's network, past kube2iam. It minds nodes only: routes are
   * flannel's, and no Service asks for a load balancer.
   */
  private static Statement cloudController() {
    return Statement.allowOnAll(
        "MindNodes",
        List.of(
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInstanceTopology",
            "ec2:DescribeInstances"),
        "the cloud controller manager reads what nodes are, and masters whose serving certificate "
            + "they approve; EC2's reading knows no resources");
  }

  /** Writing only: whoever takes a master can neither read old backups nor delete one. */
  private static Statement backUp() {
    return Statement.allow(
        "BackUpEtcd",
        List.of("s3:PutObject"),
        List.of(Value.join(Value.attribute(Foundation.ETCD_BACKUP_BUCKET, "Arn"), "/*")));
  }

  /** Decrypt, because S3 reads the parts of a large upload before it joins them. */
  private static Statement encryptBackups() {
    return Statement.allow(
            "EncryptBackups",
            List.of("kms:Decrypt", "kms:GenerateDataKey"),
            List.of(Value.attribute(Foundation.ETCD_KEY, "Arn")))
        .when("StringEquals", "kms:ViaService", Arns.service("s3"));
  }

  /** A member writes the address of a member, and nothing else in a zone that all share. */
  private static Statement writeOwnName() {
    var names =
        IntStream.rangeClosed(1, Etcd.MEMBERS)
            .mapToObj(member -> Value.join("etcd-" + member + ".", Facts.ETCD_DOMAIN))
            .toArray(Value[]::new);
    var key = "route53:ChangeResourceRecordSets";
    return Statement.allow(
            "WriteMemberNames",
            List.of("route53:ChangeResourceRecordSets"),
            List.of(Arns.global("route53", "hostedzone/", Facts.HOSTED_ZONE_ID)))
        .when("ForAllValues:StringEquals", key + "NormalizedRecordNames", names)
        .when("ForAllValues:StringEquals", key + "RecordTypes", Value.of("A"))
        .when("ForAllValues:StringEquals", key + "Actions", Value.of("UPSERT"));
  }

  /** DNS itself would answer a question that comes too early with a no, for 15 minutes. */
  private static Statement readMemberNames() {
    return Statement.allow(
        "ReadMemberNames",
        List.of("route53:ListResourceRecordSets"),
        List.of(Arns.global("route53", "hostedzone/", Facts.HOSTED_ZONE_ID)));
  }

  /** Asked again until the instance before has let go; so a member need not look at volumes. */
  private static Statement attachVolume() {
    return ofEtcd(
        Statement.allow(
            "AttachVolume",
            List.of("ec2:AttachVolume"),
            List.of(Arns.regional("ec2", "volume/*"))));
  }

  private static Statement attachToInstance() {
    return ofEtcd(
        Statement.allow(
            "AttachToInstance",
            List.of("ec2:AttachVolume"),
            List.of(Arns.regional("ec2", "instance/*"))));
  }

  /** CloudFormation hands the stack's tags on to its volumes, and by its groups to instances. */
  private static Statement ofEtcd(Statement statement) {
    return statement
        .when("StringEquals", "aws:ResourceTag/fairway:cluster", Value.of(Facts.CLUSTER_TAG))
        .when("StringEquals", "aws:ResourceTag/fairway:stack", Value.of("etcd"));
  }

  private static Statement useVolumeKey() {
    return Statement.allow(
            "UseVolumeKey",
            List.of("kms:Decrypt", "kms:DescribeKey"),
            List.of(Value.attribute(Foundation.ETCD_KEY, "Arn")))
        .when("StringEquals", "kms:ViaService", Arns.service("ec2"));
  }

  /** EC2 decrypts the volume as long as it is attached, by a grant that the caller makes for it. */
  private static Statement grantVolumeKey() {
    return Statement.allow(
            "GrantVolumeKey",
            List.of("kms:CreateGrant"),
            List.of(Value.attribute(Foundation.ETCD_KEY, "Arn")))
        .when("Bool", "kms:GrantIsForAWSResource", Value.of("true"))
        .when("StringEquals", "kms:ViaService", Arns.service("ec2"));
  }
}
