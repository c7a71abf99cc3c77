package dev.fairway.platform.component.monitoring;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Role;
import dev.fairway.model.Statement;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Texts;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * ZMON checks the cluster and its account from within: agents tell the data service what there is,
 * a scheduler and workers run the checks on it. It is off until a cluster gives all that {@link
 * ZmonInputs} names; nobody publishes its images any more. All of it runs on workers.
 */
@AutoService(Component.class)
public final class Zmon implements Component {
  private static final Symbol ENABLED =
      Switch.of(
          "zmon",
          "Whether ZMON checks the cluster and its account; without, Prometheus alone does");

  /** Whom checks of the platform belong to. */
  static final Symbol TEAM =
      Symbol.setting(
          "zmon_team",
          new Text("[a-z0-9][a-z0-9_-]*", "a team's id"),
          "platform",
          "The team that ZMON's checks of the cluster belong to");

  /**
   * What the agent's and the checks' own code call, action by action. What it can do without is
   * left out: the text in which instances hold secrets now and then (user data of instances and of
   * launch configurations), and the contents of buckets, which checks could carry away.
   */
  private static final Role ROLE =
      Role.ofPods(
          "zmon",
          List.of(
              Statement.allowOnAll(
                  "TellOfCompute",
                  List.of(
                      "autoscaling:DescribeAccountLimits",
                      "autoscaling:DescribeAutoScalingGroups",
                      "ec2:DescribeAccountAttributes",
                      "ec2:DescribeAddresses",
                      "ec2:DescribeImages",
                      "ec2:DescribeInstanceStatus",
                      "ec2:DescribeInstances",
                      "elasticloadbalancing:DescribeInstanceHealth",
                      "elasticloadbalancing:DescribeListeners",
                      "elasticloadbalancing:DescribeLoadBalancers",
                      "elasticloadbalancing:DescribeTags",
                      "elasticloadbalancing:DescribeTargetGroups",
                      "elasticloadbalancing:DescribeTargetHealth"),
                  "the actions know no resources"),
              Statement.allowOnAll(
                  "TellOfStores",
                  List.of(
                      "dynamodb:DescribeTable",
                      "dynamodb:ListTables",
                      "elasticache:DescribeCacheClusters",
                      "rds:DescribeAccountAttributes",
                      "rds:DescribeDBInstances",
                      "sqs:GetQueueAttributes",
                      "sqs:ListDeadLetterSourceQueues",
                      "sqs:ListQueues"),
                  "it tells of all tables, caches, databases and queues of the account, whatever"
                      + " their teams call them; of none does it read what is in it"),
              Statement.allowOnAll(
                  "TellOfTheAccount",
                  List.of(
                      "acm:DescribeCertificate",
                      "acm:ListCertificates",
                      "iam:GetAccountSummary",
                      "iam:ListAccountAliases",
                      "iam:ListRoles",
                      "iam:ListServerCertificates",
                      "route53:ListHostedZones",
                      "route53:ListResourceRecordSets",
                      "servicequotas:ListServiceQuotas",
                      "tag:GetResources"),
                  "it tells when certificates end and how near the account is to its limits, and"
                      + " certificates have ids that nobody knows before"),
              Statement.allowOnAll(
                  "Measure",
                  List.of(
                      "cloudwatch:DescribeAlarms",
                      "cloudwatch:GetMetricData",
                      "cloudwatch:GetMetricStatistics",
                      "cloudwatch:ListMetrics"),
                  "metrics are no resources")));

  private static final ZmonAgents AGENTS = new ZmonAgents(ROLE);
  private static final ZmonChecks CHECKS = new ZmonChecks(ROLE);

  /** What the reference checks on every cluster of its fleet. */
  static final List<String> GLOBAL_CHECKS =
      List.of("api-server.yaml", "node-resources.yaml", "nodes.yaml", "service-endpoints.yaml");

  @Override
  public String name() {
    return "zmon";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return Stream.concat(ZmonChecks.settings().stream(), Stream.of(TEAM)).toList();
  }

  @Override
  public List<Symbol> needs() {
    return ZmonInputs.all();
  }

  @Override
  public List<Image> images() {
    return List.of(ZmonChecks.REDIS_IMAGE);
  }

  @Override
  public Optional<Role> role() {
    return Optional.of(ROLE);
  }

  @Override
  public List<HasMetadata> objects() {
    return Stream.of(AGENTS.objects(), CHECKS.objects(), List.<HasMetadata>of(globalChecks()))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<Field> fields() {
    return CHECKS.fields();
  }

  /**
   * The definitions as ZMON's command line takes them. ZMON keeps its checks in its controller,
   * outside of the cluster, so they stand here to be pushed there.
   */
  private static ConfigMap globalChecks() {
    var files = new TreeMap<String, String>();
    GLOBAL_CHECKS.forEach(file -> files.put(file, Texts.beside(Zmon.class, "checks/" + file)));
    return Workload.inKubeSystem("zmon-checks").configMap(files);
  }
}
