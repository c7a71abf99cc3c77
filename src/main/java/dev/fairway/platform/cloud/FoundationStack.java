package dev.fairway.platform.cloud;

import static dev.fairway.platform.cloud.Foundation.API_ACCESS;
import static dev.fairway.platform.cloud.Foundation.ASSETS_KEY_POLICY;
import static dev.fairway.platform.cloud.Foundation.ELB_LOGS_BUCKET;
import static dev.fairway.platform.cloud.Foundation.ETCD_BACKUP_BUCKET;
import static dev.fairway.platform.cloud.Foundation.ETCD_KEY;
import static dev.fairway.platform.cloud.Foundation.SECRETS_KEY;

import dev.fairway.model.Facts;
import dev.fairway.model.Reach;
import dev.fairway.model.Reach.Direction;
import dev.fairway.model.Reach.SecurityGroup;
import dev.fairway.model.Role;
import dev.fairway.model.Secret;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.services.ec2.CfnPrefixList;
import software.amazon.awscdk.services.ec2.CfnPrefixListProps;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupEgress;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupEgressProps;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngressProps;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupProps;
import software.amazon.awscdk.services.iam.CfnInstanceProfile;
import software.amazon.awscdk.services.iam.CfnInstanceProfileProps;
import software.amazon.awscdk.services.iam.CfnPolicy;
import software.amazon.awscdk.services.iam.CfnPolicyProps;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.iam.CfnRoleProps;
import software.amazon.awscdk.services.kms.CfnKey;
import software.amazon.awscdk.services.kms.CfnKeyProps;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CfnBucketPolicy;
import software.amazon.awscdk.services.s3.CfnBucketPolicyProps;
import software.amazon.awscdk.services.s3.CfnBucketProps;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.amazon.awscdk.services.secretsmanager.CfnSecretProps;
import software.constructs.Construct;

/** Builds {@link Foundation}. */
public final class FoundationStack extends ClusterStack {
  /** The longest that KMS lets somebody regret. */
  private static final int KEY_REGRET_DAYS = 30;

  private static final int REPLACED_BACKUP_DAYS = 7;

  private final Foundation facts;

  public FoundationStack(Construct app, Foundation facts) {
    super(app, facts);
    this.facts = facts;
    key(ETCD_KEY, "etcd", "etcd's volumes and backups");
    key(SECRETS_KEY, "secrets", "the certificates and keys of nodes");
    etcdBackupBucket();
    elbLogsBucket();
    facts.secrets().forEach(this::secret);
    apiAccess();
    Reachability.groups().forEach(this::securityGroup);
    facts.reach().forEach(this::rule);
    facts.nodeRoles().forEach(this::nodeRole);
    assetsKeyPolicy();
    facts.podRoles().forEach(this::podRole);
    export(facts);
  }

  private void key(String id, String name, String use) {
    var key =
        new CfnKey(
            this,
            id,
            CfnKeyProps.builder()
                .description(text(Value.join("Cluster ", Facts.LOCAL_ID, ": " + use)))
                .enableKeyRotation(true)
                .pendingWindowInDays(KEY_REGRET_DAYS)
                .keyPolicy(document(facts, id, "KeyPolicy"))
                .tags(List.of(nameTag(name)))
                .build());
    retain(key);
  }

  /** Versioned, so that a backup that is written over can still be had. */
  private void etcdBackupBucket() {
    var rule =
        lifecycle(facts.backupDays())
            .noncurrentVersionExpiration(
                CfnBucket.NoncurrentVersionExpirationProperty.builder()
                    .noncurrentDays(REPLACED_BACKUP_DAYS)
                    .build())
            .build();
    var encryption =
        CfnBucket.ServerSideEncryptionRuleProperty.builder()
            .bucketKeyEnabled(true)
            .serverSideEncryptionByDefault(
                CfnBucket.ServerSideEncryptionByDefaultProperty.builder()
                    .sseAlgorithm("aws:kms")
                    .kmsMasterKeyId(text(Value.attribute(ETCD_KEY, "Arn")))
                    .build())
            .build();
    bucket(
        ETCD_BACKUP_BUCKET,
        privateBucket("etcd-backup", encryption, rule)
            .versioningConfiguration(
                CfnBucket.VersioningConfigurationProperty.builder().status("Enabled").build()));
  }

  /** ELB delivers to buckets with S3's own encryption only. */
  private void elbLogsBucket() {
    var encryption =
        CfnBucket.ServerSideEncryptionRuleProperty.builder()
            .serverSideEncryptionByDefault(
                CfnBucket.ServerSideEncryptionByDefaultProperty.builder()
                    .sseAlgorithm("AES256")
                    .build())
            .build();
    bucket(
        ELB_LOGS_BUCKET,
        privateBucket("elb-logs", encryption, lifecycle(facts.elbLogDays()).build()));
  }

  private CfnBucketProps.Builder privateBucket(
      String use,
      CfnBucket.ServerSideEncryptionRuleProperty encryption,
      CfnBucket.RuleProperty lifecycle) {
    return CfnBucketProps.builder()
        .bucketName(text(Foundation.bucketName(use)))
        .bucketEncryption(
            CfnBucket.BucketEncryptionProperty.builder()
                .serverSideEncryptionConfiguration(List.of(encryption))
                .build())
        .lifecycleConfiguration(
            CfnBucket.LifecycleConfigurationProperty.builder().rules(List.of(lifecycle)).build())
        .ownershipControls(
            CfnBucket.OwnershipControlsProperty.builder()
                .rules(
                    List.of(
                        CfnBucket.OwnershipControlsRuleProperty.builder()
                            .objectOwnership("BucketOwnerEnforced")
                            .build()))
                .build())
        .publicAccessBlockConfiguration(
            CfnBucket.PublicAccessBlockConfigurationProperty.builder()
                .blockPublicAcls(true)
                .blockPublicPolicy(true)
                .ignorePublicAcls(true)
                .restrictPublicBuckets(true)
                .build())
        .tags(List.of(nameTag(use)));
  }

  private CfnBucket.RuleProperty.Builder lifecycle(Symbol days) {
    return CfnBucket.RuleProperty.builder()
        .id("expire")
        .status("Enabled")
        .expirationInDays(number(days))
        .abortIncompleteMultipartUpload(
            CfnBucket.AbortIncompleteMultipartUploadProperty.builder()
                .daysAfterInitiation(1)
                .build());
  }

  private void bucket(String id, CfnBucketProps.Builder props) {
    retain(new CfnBucket(this, id, props.build()));
    var policy = Foundation.policyId(id);
    var _ =
        new CfnBucketPolicy(
            this,
            policy,
            CfnBucketPolicyProps.builder()
                .bucket(text(Value.ref(id)))
                .policyDocument(document(facts, policy, "PolicyDocument"))
                .build());
  }

  /** A place without a value: what a template says, everybody reads who may read the stack. */
  private void secret(Secret secret) {
    retain(
        new CfnSecret(
            this,
            Foundation.secretId(secret),
            CfnSecretProps.builder()
                .name(text(secret.place()))
                .description(secret.description())
                .kmsKeyId(text(Value.attribute(SECRETS_KEY, "Arn")))
                .build()));
  }

  /** One rule for all sources, because a rule can't be left out inside a rule. */
  private void apiAccess() {
    var entries = IntStream.rangeClosed(1, Facts.CIDRS).mapToObj(this::apiSource).toList();
    var _ =
        new CfnPrefixList(
            this,
            API_ACCESS,
            CfnPrefixListProps.builder()
                .prefixListName(text(Value.join(Facts.LOCAL_ID, "-api-access")))
                .addressFamily("IPv4")
                .maxEntries(Facts.CIDRS)
                .entries(entries)
                .build());
  }

  private Object apiSource(int number) {
    var cidr = Facts.apiAccessCidr(number);
    return any(
        onlyIf(
            given(cidr), Map.of("Cidr", json(Value.of(cidr)), "Description", "Source " + number)));
  }

  /**
   * EC2 gives a new group leave to go anywhere, unless the group is created with an egress rule of
   * its own. So egress stands in the group, and never as resources alone; only a rule from a group
   * to itself can't, for a resource can't name itself. Neither id nor description may ever change:
   * the one is exported, and the other would replace the group.
   */
  private void securityGroup(SecurityGroup group) {
    var egress =
        facts.reach().stream()
            .filter(reach -> reach.owner().equals(group) && standsInGroup(reach))
            .map(this::egressOf)
            .toList();
    if (egress.isEmpty()) {
      throw new IllegalStateException(group.name() + " would be let out to anywhere by default");
    }
    var _ =
        new CfnSecurityGroup(
            this,
            Foundation.groupId(group),
            CfnSecurityGroupProps.builder()
                .groupDescription(text(Value.join("Cluster ", Facts.LOCAL_ID, ": " + group.name())))
                .vpcId(text(Value.imported(Network.VPC_ID)))
                .securityGroupEgress(egress)
                .tags(groupTags(group))
                .build());
  }

  private List<CfnTag> groupTags(SecurityGroup group) {
    var tags = List.of(nameTag(group.name()), clusterTag());
    return group.equals(Reachability.INGRESS_ALB)
        ? Stream.concat(tags.stream(), Stream.of(ingressTag())).toList()
        : tags;
  }

  /** By it and the cluster's tag kube-ingress-aws-controller knows what its load balancers get. */
  private CfnTag ingressTag() {
    return CfnTag.builder()
        .key("kubernetes:application")
        .value("kube-ingress-aws-controller")
        .build();
  }

  private static boolean standsInGroup(Reach reach) {
    return reach.direction() == Direction.EGRESS && !reach.peer().equals(reach.owner());
  }

  private Object egressOf(Reach reach) {
    var rule =
        CfnSecurityGroup.EgressProperty.builder()
            .ipProtocol(reach.protocol().ec2())
            .description(reach.reason());
    reach.ports().ifPresent(ports -> rule.fromPort(ports.from()).toPort(ports.to()));
    return switch (reach.peer()) {
      case SecurityGroup peer -> rule.destinationSecurityGroupId(groupId(peer)).build();
      case Reach.Network(var cidr) -> rule.cidrIp(text(cidr)).build();
      case Reach.PrefixList(var id) -> rule.destinationPrefixListId(text(id)).build();
    };
  }

  /** Rules are resources of their own, because groups name each other in circles. */
  private void rule(Reach reach) {
    if (standsInGroup(reach)) {
      return;
    }
    var rule =
        switch (reach.direction()) {
          case INGRESS -> ingress(reach);
          case EGRESS -> egressToItself(reach);
        };
    reach.when().ifPresent(when -> onlyIf(condition(when), rule));
  }

  private CfnResource ingress(Reach reach) {
    var rule =
        CfnSecurityGroupIngressProps.builder()
            .groupId(groupId(reach.owner()))
            .ipProtocol(reach.protocol().ec2())
            .description(reach.reason());
    reach.ports().ifPresent(ports -> rule.fromPort(ports.from()).toPort(ports.to()));
    var _ =
        switch (reach.peer()) {
          case SecurityGroup peer -> rule.sourceSecurityGroupId(groupId(peer));
          case Reach.Network(var cidr) -> rule.cidrIp(text(cidr));
          case Reach.PrefixList(var id) -> rule.sourcePrefixListId(text(id));
        };
    return new CfnSecurityGroupIngress(this, Reachability.logicalId(reach), rule.build());
  }

  private CfnResource egressToItself(Reach reach) {
    var rule =
        CfnSecurityGroupEgressProps.builder()
            .groupId(groupId(reach.owner()))
            .destinationSecurityGroupId(groupId(reach.owner()))
            .ipProtocol(reach.protocol().ec2())
            .description(reach.reason());
    reach.ports().ifPresent(ports -> rule.fromPort(ports.from()).toPort(ports.to()));
    return new CfnSecurityGroupEgress(this, Reachability.logicalId(reach), rule.build());
  }

  private String condition(Reach.When when) {
    return when.symbol().type() instanceof SymbolType.Bool && when.value().equals("true")
        ? enabled(when.symbol())
        : equal(
            when.symbol().parameter() + "Is" + LogicalIds.of(when.value()),
            when.symbol(),
            when.value());
  }

  private String groupId(SecurityGroup group) {
    return text(Value.attribute(Foundation.groupId(group), "GroupId"));
  }

  private void nodeRole(Role role) {
    role(role, "What nodes of the kind " + role.name() + " may do");
    var _ =
        new CfnInstanceProfile(
            this,
            Foundation.instanceProfileId(role.name()),
            CfnInstanceProfileProps.builder()
                .instanceProfileName(text(role.roleName()))
                .path(text(Role.path()))
                .roles(List.of(text(Value.ref(Foundation.roleId(role.name())))))
                .build());
  }

  private void podRole(Role role) {
    var resource = role(role, "What pods of " + role.name() + " may do, by way of kube2iam");
    role.enabledBy().ifPresent(symbol -> onlyIf(enabled(symbol), resource));
  }

  private CfnRole role(Role role, String description) {
    var id = Foundation.roleId(role.name());
    return new CfnRole(
        this,
        id,
        CfnRoleProps.builder()
            .roleName(text(role.roleName()))
            .path(text(Role.path()))
            .description(description)
            .assumeRolePolicyDocument(document(facts, id, "AssumeRolePolicyDocument"))
            .policies(inline(facts, id))
            .build());
  }

  /** A policy by itself, because a condition can't leave a statement out of another one. */
  private void assetsKeyPolicy() {
    var roles = facts.nodeRoles().stream().map(role -> Foundation.roleId(role.name()));
    var policy =
        new CfnPolicy(
            this,
            ASSETS_KEY_POLICY,
            CfnPolicyProps.builder()
                .policyName("DecryptNodeConfig")
                .policyDocument(document(facts, ASSETS_KEY_POLICY, "PolicyDocument"))
                .roles(roles.map(id -> text(Value.ref(id))).toList())
                .build());
    onlyIf(given(Facts.ASSETS_KEY_ARN), policy);
  }
}
