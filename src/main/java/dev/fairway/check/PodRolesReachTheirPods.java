package dev.fairway.check;

import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Role;
import dev.fairway.platform.Platform;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pod has an IAM role only if four sides agree: the pod's annotation, the role in the foundation
 * stack, the nodes that the role trusts, and the namespace that kube2iam restricts.
 */
@AutoService(Rule.class)
public final class PodRolesReachTheirPods implements Rule {
  static final String ROLE = "iam.amazonaws.com/role";
  static final String ALLOWED = "iam.amazonaws.com/allowed-roles";

  @Override
  public Code code() {
    return Code.POD_ROLE;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    var roles = Roles.ofPods(platform).toList();
    var nodes = Node.of(platform);
    return Stream.concat(
        Pods.of(platform).stream().flatMap(pods -> check(platform, roles, nodes, pods)),
        roles.stream()
            .filter(role -> users(platform, role).isEmpty())
            .map(role -> unused(platform, role)));
  }

  private static List<Pods> users(Platform platform, Role role) {
    return Pods.of(platform).stream()
        .filter(pods -> role.arnToken().equals(pods.annotations().get(ROLE)))
        .toList();
  }

  private static Finding unused(Platform platform, Role role) {
    return Finding.at(
        Origin.ofRole(platform, role.name(), role.name()),
        "role %s is assumed by no pod".formatted(role.name()),
        "annotate its pods by Workload.assuming(...), or take the role away");
  }

  private static Stream<Finding> check(
      Platform platform, List<Role> roles, List<Node> nodes, Pods pods) {
    var arn = Optional.ofNullable(pods.annotations().get(ROLE));
    if (arn.isEmpty()) {
      return Stream.empty();
    }
    var role = roles.stream().filter(it -> it.arnToken().equals(arn.get())).findFirst();
    if (role.isEmpty()) {
      return Stream.of(
          Finding.at(
              pods.origin(arn.get(), ROLE),
              "%s assumes %s, which no component declares".formatted(pods, arn.get()),
              "declare it as the component's role(), or name one of: "
                  + String.join(", ", roles.stream().map(Role::name).toList())));
    }
    return Stream.of(
            network(pods, role.get()),
            trust(platform, nodes, pods, role.get()),
            namespace(platform, pods, role.get()))
        .flatMap(Optional::stream);
  }

  private static Optional<Finding> network(Pods pods, Role role) {
    return Optional.of(pods)
        .filter(Pods::isOnHostNetwork)
        .map(_ ->
            Finding.at(
                pods.origin("assuming"),
                "%s is on the node's network, where it gets the node's role and not %s"
                    .formatted(pods, role.name()),
                "put it on the pod network, or give the node's role what it needs"));
  }

  /** kube2iam assumes the role as the node that the pod is on. */
  private static Optional<Finding> trust(
      Platform platform, List<Node> nodes, Pods pods, Role role) {
    return nodes.stream()
        .filter(pods::mayRunOn)
        .filter(node -> node.isMaster() != (role.trust() == Role.Trust.MASTER_PODS))
        .findFirst()
        .map(node ->
            Finding.at(
                    pods.origin(node.isMaster() ? "withTolerations" : "withNodeSelector"),
                    "%s may run on %s, whose role may not assume %s"
                        .formatted(pods, node, role.name()),
                    "let the pods run only where the role is trusted: NodeSelectors.MASTERS goes"
                        + " with Role.ofMasterPods, and nothing of masters with Role.ofPods")
                .with("trust", role.trust(), Origin.ofRole(platform, role.name(), role.name())));
  }

  private static Optional<Finding> namespace(Platform platform, Pods pods, Role role) {
    return Named.all(platform, Namespace.class)
        .filter(namespace -> namespace.name().equals(pods.namespace()))
        .filter(namespace ->
            !admits(namespace.annotations().getOrDefault(ALLOWED, "[]"), role.arnToken()))
        .findFirst()
        .map(namespace ->
            Finding.at(
                    pods.origin("assuming"),
                    "%s assumes %s, which its namespace does not admit"
                        .formatted(pods, role.name()),
                    "name the role in the namespace's annotation " + ALLOWED)
                .with("namespace", namespace.name(), namespace.origin()));
  }

  /** The annotation is a JSON list of ARNs, {@code *} standing for any characters. */
  private static boolean admits(String annotation, String arn) {
    return Pattern.compile("\"([^\"]*)\"")
        .matcher(annotation)
        .results()
        .map(match -> Pattern.quote(match.group(1)).replace("*", "\\E.*\\Q"))
        .anyMatch(arn::matches);
  }
}
