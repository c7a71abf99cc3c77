package dev.fairway.platform.cloud;

import dev.fairway.model.Export;
import dev.fairway.model.Facts;
import dev.fairway.model.Policy;
import dev.fairway.model.Reach;
import dev.fairway.model.Reach.SecurityGroup;
import dev.fairway.model.Role;
import dev.fairway.model.Secret;
import dev.fairway.model.StackPolicy;
import dev.fairway.model.Statement;
import dev.fairway.model.Statement.Principal;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.Value;
import dev.fairway.model.Value.Pseudo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What outlives every node: keys, buckets, the places of secrets, security groups with the table of
 * reach, the roles of nodes and of the pods of components.
 *
 * @param reach every rule of every group
 */
public record Foundation(
    Symbol backupDays,
    Symbol elbLogDays,
    List<Role> nodeRoles,
    List<Role> podRoles,
    List<Secret> secrets,
    List<Reach> reach)
    implements Template {
  static final String ETCD_KEY = "EtcdKey";
  static final String SECRETS_KEY = "SecretsKey";
  static final String ETCD_BACKUP_BUCKET = "EtcdBackupBucket";
  static final String ELB_LOGS_BUCKET = "ElbLogsBucket";
  static final String API_ACCESS = "ApiAccess";
  static final String ASSETS_KEY_POLICY = "AssetsKeyPolicy";

  /** Exports by name. */
  public static final String ETCD_KEY_ARN = "etcd-key-arn";

  public static final String SECRETS_KEY_ARN = "secrets-key-arn";
  public static final String ETCD_BACKUPS = "etcd-backup-bucket";
  public static final String ELB_LOGS = "elb-logs-bucket";

  /**
   * What the foundation stack needs of a cluster.
   *
   * @param podRoles the components' roles
   * @param componentReach the components' ports; those of a component that can be switched off
   *     carry its switch
   */
  public static Foundation declare(List<Role> podRoles, List<Reach> componentReach) {
    return new Foundation(
        Symbol.setting(
            "etcd_backup_days",
            new SymbolType.Whole(1, 365),
            "30",
            "How many days the hourly backups of etcd are kept"),
        Symbol.setting(
            "elb_log_days",
            new SymbolType.Whole(1, 365),
            "90",
            "How many days the access logs of the API server's load balancer are kept"),
        NodeRoles.all(),
        podRoles,
        Secrets.all(),
        Reachability.with(componentReach));
  }

  public Foundation {
    nodeRoles = List.copyOf(nodeRoles);
    podRoles = List.copyOf(podRoles);
    secrets = List.copyOf(secrets);
    reach = List.copyOf(reach);
    distinct(Stream.concat(nodeRoles.stream(), podRoles.stream()).map(Role::name).toList());
    distinct(reach.stream().map(Reachability::logicalId).toList());
    for (var role : podRoles) {
      if (role.trust() == Role.Trust.INSTANCES) {
        throw new IllegalArgumentException("a component's role is for pods: " + role.name());
      }
    }
  }

  private static void distinct(List<String> names) {
    var seen = new HashSet<String>();
    for (var name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("two things of one name: " + name);
      }
    }
  }

  @Override
  public String name() {
    return "foundation";
  }

  @Override
  public String description() {
    return "What outlives a cluster's nodes: keys, buckets, secrets' places, groups and roles";
  }

  @Override
  public List<Symbol> settings() {
    return List.of(backupDays, elbLogDays);
  }

  /** The logical id of a security group. */
  public static String groupId(SecurityGroup group) {
    return LogicalIds.of(group.name()) + "SecurityGroup";
  }

  static String roleId(String role) {
    return LogicalIds.of(role) + "Role";
  }

  static String instanceProfileId(String role) {
    return LogicalIds.of(role) + "InstanceProfile";
  }

  static String secretId(Secret secret) {
    return LogicalIds.of(secret.name()) + "Secret";
  }

  static String policyId(String bucket) {
    return bucket + "Policy";
  }

  /** The export that names the group's id. */
  public static String groupExport(SecurityGroup group) {
    return group.name() + "-security-group";
  }

  /** The export that names the instance profile of a node's role. */
  public static String instanceProfileExport(String role) {
    return role + "-instance-profile";
  }

  @Override
  public List<Export> exports() {
    var exports = new ArrayList<Export>();
    for (var group : Reachability.groups()) {
      exports.add(
          new Export(
              groupExport(group),
              Value.attribute(groupId(group), "GroupId"),
              "The security group " + group.name()));
    }
    for (var role : nodeRoles) {
      exports.add(
          new Export(
              instanceProfileExport(role.name()),
              Value.ref(instanceProfileId(role.name())),
              "The instance profile of nodes of the kind " + role.name()));
    }
    exports.add(arn(ETCD_KEY_ARN, ETCD_KEY, "The key of etcd's volumes and backups"));
    exports.add(arn(SECRETS_KEY_ARN, SECRETS_KEY, "The key of the cluster's secrets"));
    exports.add(
        new Export(
            ETCD_BACKUPS,
            Value.ref(ETCD_BACKUP_BUCKET),
            "The bucket that masters back etcd up to"));
    exports.add(
        new Export(
            ELB_LOGS, Value.ref(ELB_LOGS_BUCKET), "The bucket of the load balancer's access logs"));
    return List.copyOf(exports);
  }

  private static Export arn(String name, String logicalId, String description) {
    return new Export(name, Value.attribute(logicalId, "Arn"), description);
  }

  @Override
  public List<Policy> policies() {
    var policies = new ArrayList<Policy>();
    policies.add(new Policy(ETCD_KEY, "KeyPolicy", List.of(administerKey())));
    policies.add(new Policy(SECRETS_KEY, "KeyPolicy", List.of(administerKey())));
    policies.add(bucketPolicy(ETCD_BACKUP_BUCKET, tlsOnly(ETCD_BACKUP_BUCKET)));
    policies.add(bucketPolicy(ELB_LOGS_BUCKET, tlsOnly(ELB_LOGS_BUCKET), deliverElbLogs()));
    for (var role : roles()) {
      policies.addAll(policies(role));
    }
    policies.add(
        new Policy(ASSETS_KEY_POLICY, "PolicyDocument", List.of(NodeRoles.decryptNodeConfig())));
    return List.copyOf(policies);
  }

  /** Those of nodes and those of pods. */
  List<Role> roles() {
    return Stream.concat(nodeRoles.stream(), podRoles.stream()).toList();
  }

  /** Each statement is a policy of its own, so that the role lists by name what it may do. */
  private static List<Policy> policies(Role role) {
    var id = roleId(role.name());
    var policies = new ArrayList<Policy>();
    policies.add(new Policy(id, "AssumeRolePolicyDocument", List.of(trust(role))));
    for (var statement : role.statements()) {
      var property = "Policies/" + (policies.size() - 1) + "/PolicyDocument";
      policies.add(new Policy(id, property, List.of(statement)));
    }
    return policies;
  }

  private static Statement trust(Role role) {
    Principal principal =
        switch (role.trust()) {
          case INSTANCES -> new Principal.Services(List.of("ec2.amazonaws.com"));
          case WORKER_PODS -> nodes(NodeRoles.WORKER);
          case MASTER_PODS -> nodes(NodeRoles.MASTER);
        };
    return Statement.allow("Assume", List.of("sts:AssumeRole"), List.of()).principals(principal);
  }

  private static Principal nodes(String role) {
    return new Principal.Arns(List.of(Value.attribute(roleId(role), "Arn")));
  }

  /** Hands the key over to IAM. Without this statement nobody could ever change its policy. */
  private static Statement administerKey() {
    return Statement.allow("Account", List.of("kms:*"), List.of(Value.of("*")))
        .principals(new Principal.Arns(List.of(Arns.account())))
        .because("in a key's policy * is that key; who may do what with it, IAM policies say");
  }

  private static Policy bucketPolicy(String bucket, Statement... statements) {
    return new Policy(policyId(bucket), "PolicyDocument", List.of(statements));
  }

  private static Statement tlsOnly(String bucket) {
    var arn = Value.attribute(bucket, "Arn");
    return Statement.deny("TlsOnly", List.of("s3:*"), List.of(arn, Value.join(arn, "/*")))
        .principals(new Principal.Everybody())
        .when("Bool", "aws:SecureTransport", Value.of("false"))
        .because("it denies, and so must name every action there will ever be");
  }

  /**
   * The service delivers for every region. The account ids by region that one finds for this are
   * the older way, which regions opened since August 2022 never knew ("Enable access logs for your
   * Classic Load Balancer", step 2). The account in the path keeps other accounts' balancers out.
   */
  private static Statement deliverElbLogs() {
    return Statement.allow(
            "DeliverElbLogs",
            List.of("s3:PutObject"),
            List.of(
                Value.join(
                    Value.attribute(ELB_LOGS_BUCKET, "Arn"), "/AWSLogs/", Pseudo.ACCOUNT, "/*")))
        .principals(
            new Principal.Services(List.of("logdelivery.elasticloadbalancing.amazonaws.com")));
  }

  /** A bucket's name is unique in the world, so it starts with what is unique to the account. */
  static Value bucketName(String use) {
    return Value.join(Pseudo.ACCOUNT, "-", Pseudo.REGION, "-", Facts.LOCAL_ID, "-", use);
  }

  @Override
  public Optional<StackPolicy> stackPolicy() {
    return Optional.of(new StackPolicy(retained()));
  }

  /**
   * What holds what can't be made again. The secrets are among them because a backup is no use
   * without the key in {@link Secrets#ENCRYPTION}, nor that without the key that it lies under.
   */
  private List<String> retained() {
    var buckets = Stream.of(ETCD_KEY, SECRETS_KEY, ETCD_BACKUP_BUCKET, ELB_LOGS_BUCKET);
    return Stream.concat(buckets, secrets.stream().map(Foundation::secretId)).toList();
  }
}
