package dev.fairway.platform.component.policy;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Whole;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Labels;
import dev.fairway.platform.component.Priority;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How many pods a namespace may have, so that one loop of somebody's does not fill the cluster. */
@AutoService(Component.class)
public final class PodQuotas implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "pod_quotas_enabled",
          new Bool(),
          "true",
          "Whether the namespaces default and kube-system may have so many pods only; without it a"
              + " loop may fill etcd");

  private static final Quantity INITIAL = new Quantity("1500");

  private static final Symbol OF_DEFAULT =
      Symbol.setting(
          "default_namespace_pods",
          new Whole(1, 150_000),
          INITIAL.toString(),
          "How many pods the namespace default may have");

  private static final Symbol OF_STRANGERS =
      Symbol.setting(
          "kube_system_strangers",
          new Whole(1, 150_000),
          INITIAL.toString(),
          "How many pods kube-system may have that have no priority class of the platform");

  private static final String DEFAULT = "pods";
  private static final String STRANGERS = "pods-of-strangers";

  @Override
  public String name() {
    return "pod-quotas";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(OF_DEFAULT, OF_STRANGERS);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(ofDefault(), ofStrangers());
  }

  private ResourceQuota ofDefault() {
    return new ResourceQuotaBuilder()
        .withMetadata(metadata(DEFAULT, "default"))
        .withNewSpec()
        .addToHard("pods", INITIAL)
        .endSpec()
        .build();
  }

  /**
   * Pods of the platform become more with every node and must never be refused. Each has a class of
   * the platform, and so is outside of this quota: neither counted nor waiting for the count.
   */
  private ResourceQuota ofStrangers() {
    return new ResourceQuotaBuilder()
        .withMetadata(metadata(STRANGERS, Admission.KUBE_SYSTEM))
        .withNewSpec()
        .addToHard("pods", INITIAL)
        .withNewScopeSelector()
        .addNewMatchExpression()
        .withScopeName("PriorityClass")
        .withOperator("NotIn")
        .withValues(platformClasses())
        .endMatchExpression()
        .endScopeSelector()
        .endSpec()
        .build();
  }

  private ObjectMeta metadata(String name, String namespace) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(Labels.of(name()))
        .build();
  }

  @Override
  public List<Field> fields() {
    return List.of(
        new Field("ResourceQuota", DEFAULT, "/spec/hard/pods", OF_DEFAULT),
        new Field("ResourceQuota", STRANGERS, "/spec/hard/pods", OF_STRANGERS));
  }

  private static List<String> platformClasses() {
    return Stream.of(Priority.values()).map(Priority::className).sorted().toList();
  }
}
