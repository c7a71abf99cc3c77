package dev.fairway.deploy.aws;

import dev.fairway.link.Stack;
import dev.fairway.model.Cluster;
import dev.fairway.platform.cloud.Etcd;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * By what a thing in AWS is known as one cluster's: keys and values of tags to the letter, and the
 * names that only it may write. Whatever else a name looks like proves nothing.
 */
record Ownership(Cluster cluster) {
  /** Every volume that the EBS CSI driver makes has it. */
  private static final String CSI_TAG = "ebs.csi.aws.com/cluster";

  /** What the AWS Load Balancer Controller calls its cluster on all that it makes. */
  private static final String LOAD_BALANCER_CONTROLLER_TAG = "elbv2.k8s.aws/cluster";

  /** CloudFormation gives it to all that a stack holds; nobody else can. */
  private static final String OF_A_STACK = "aws:cloudformation:stack-id";

  /** The cluster's id as tags have it. */
  String tag() {
    return cluster.account() + ":" + cluster.region() + ":" + cluster.localId();
  }

  /** The key of the tag with it on all that Fairway makes. */
  String tagKey() {
    return Stack.CLUSTER_TAG;
  }

  /** AWS leaves a tag's value out where it is empty. */
  static <T> Function<T, String> value(Function<T, @Nullable String> value) {
    return tag -> Objects.requireNonNullElse(value.apply(tag), "");
  }

  /** Whether it is of Fairway's own making. */
  boolean isFairways(Map<String, String> tags) {
    return tag().equals(tags.get(Stack.CLUSTER_TAG));
  }

  /** Whether a controller of the cluster made it, and no stack holds it. */
  boolean isMade(Map<String, String> tags) {
    var owned =
        "owned".equals(tags.get("kubernetes.io/cluster/" + tag()))
            || tag().equals(tags.get(LOAD_BALANCER_CONTROLLER_TAG));
    return owned && !tags.containsKey(OF_A_STACK) && !tags.containsKey(Stack.STACK_TAG);
  }

  /** Whether the cluster's CSI driver made it: the same two tags by which the driver may delete. */
  boolean isOfTheDriver(Map<String, String> tags) {
    return isFairways(tags) && "true".equals(tags.get(CSI_TAG)) && !tags.containsKey(OF_A_STACK);
  }

  /** Whether a stack's name can only be one of this cluster's: no local id holds {@code -pool-}. */
  boolean isNameOfStack(String stackName) {
    var name = name(stackName);
    return !name.equals(stackName) && (Layer.isFixed(name) || Stack.isPool(name));
  }

  /** The stack's name without the cluster's, where it has it. */
  String name(String stackName) {
    var prefix = cluster.localId() + "-";
    return stackName.startsWith(prefix) ? stackName.substring(prefix.length()) : stackName;
  }

  /** The names whose A records etcd's members write themselves, without the last dot. */
  List<String> memberHosts() {
    var domain = "etcd." + cluster.localId() + "." + cluster.hostedZone().name();
    return IntStream.rangeClosed(1, Etcd.MEMBERS)
        .mapToObj(member -> "etcd-" + member + "." + domain)
        .toList();
  }
}
