package dev.fairway.platform.component.policy;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.component.Component;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * In a namespace that holds its pods to the restricted standard, what a pod does not say is filled
 * in as the standard wants it. PodSecurityPolicy did; Pod Security admission only refuses. What a
 * pod does say is left to be judged.
 */
@AutoService(Component.class)
public final class RestrictedDefaults implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "restricted_defaults_enabled",
          new Bool(),
          "true",
          "Whether pods in namespaces of the restricted Pod Security Standard get what it wants"
              + " where they say nothing; without it they are refused");

  @Override
  public String name() {
    return "restricted-defaults";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  /** By patches at the end, for a list of capabilities can't be merged. */
  @Override
  public List<HasMetadata> objects() {
    return Admission.objects(
        name(),
        name(),
        Admission.mutating(Admission.ofRestricted(), Admission.newPods())
            .withMutations(
                Admission.merge(
                    "Object{spec: Object.spec{" + ofPod() + ",",
                    noEscalation("containers") + ",",
                    noEscalation("initContainers") + "}}"),
                Admission.patch(noCapabilities("containers"), noCapabilities("initContainers")))
            .build());
  }

  private static String ofPod() {
    return """
    securityContext: Object.spec.securityContext{
      runAsNonRoot: object.spec.?securityContext.?runAsNonRoot.orValue(true),
      seccompProfile: Object.spec.securityContext.seccompProfile{
        type: object.spec.?securityContext.?seccompProfile.?type.orValue('RuntimeDefault')}}
    """;
  }

  private static String noEscalation(String containers) {
    return """
    K: object.spec.?K.orValue([])
      .filter(c, !c.?securityContext.?allowPrivilegeEscalation.hasValue()
        && !c.?securityContext.?privileged.orValue(false))
      .map(c, Object.spec.K{
        name: c.name,
        securityContext: Object.spec.K.securityContext{allowPrivilegeEscalation: false}})
    """
        .replace("K", containers);
  }

  private static String noCapabilities(String containers) {
    return """
    object.spec.?K.orValue([]).transformList(i, c,
      !('ALL' in c.?securityContext.?capabilities.?drop.orValue([])),
      JSONPatch{
        op: 'add',
        path: '/spec/K/' + string(i) + '/securityContext/capabilities'
          + (c.?securityContext.?capabilities.hasValue() ? '/drop' : ''),
        value: c.?securityContext.?capabilities.hasValue()
          ? dyn(['ALL']) : dyn({'drop': ['ALL']})})
    """
        .replace("K", containers);
  }
}
