package dev.fairway.platform.component.node;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Labels;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.node.Identities;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Lets machines become nodes. A new one shows the bootstrap token and asks for a certificate, which
 * the controller manager signs; with that it asks for the next ones. And lets the API server in at
 * their kubelets. The roles are Kubernetes' own, but it binds them to nobody.
 */
@AutoService(Component.class)
public final class NodeAccess implements Component {
  private static final Symbol ENABLED =
      Switch.of(
          "node-access",
          "Whether Fairway binds the roles by which machines become nodes; without it no new"
              + " machine joins, unless others bind them");

  private static final String RBAC = "rbac.authorization.k8s.io";

  /** All that show a bootstrap token. */
  private static final String BOOTSTRAPPERS = "system:bootstrappers";

  /** All that show the certificate of a node. */
  private static final String NODES = "system:nodes";

  private static final String REQUESTS = "system:certificates.k8s.io:certificatesigningrequests:";

  @Override
  public String name() {
    return "node-access";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        binding("ask", "Group", BOOTSTRAPPERS, "system:node-bootstrapper"),
        binding("first-certificate", "Group", BOOTSTRAPPERS, REQUESTS + "nodeclient"),
        binding("next-certificates", "Group", NODES, REQUESTS + "selfnodeclient"),
        binding("kubelets", "User", Identities.API_SERVER_AT_KUBELETS, "system:kubelet-api-admin"));
  }

  private ClusterRoleBinding binding(String use, String kind, String subject, String role) {
    return new ClusterRoleBindingBuilder()
        .withNewMetadata()
        .withName(name() + "-" + use)
        .withLabels(Labels.of(name()))
        .endMetadata()
        .withNewRoleRef(RBAC, "ClusterRole", role)
        .addNewSubject(RBAC, kind, subject, null)
        .build();
  }
}
