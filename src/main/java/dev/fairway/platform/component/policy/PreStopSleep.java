package dev.fairway.platform.component.policy;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Whole;
import dev.fairway.platform.component.Component;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * A pod that receives traffic goes on answering for a while when it is to end: kube-proxy and
 * Skipper learn of its end at the same time as it does, and send it requests until they have. So no
 * application has to know of it.
 */
@AutoService(Component.class)
public final class PreStopSleep implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "pre_stop_sleep_enabled",
          new Bool(),
          "true",
          "Whether containers of pods that receive traffic, and have no pre-stop hook, sleep before"
              + " they are told to end; without it some lose requests then");

  /**
   * Skipper asks for its routes every three seconds, and connections that it keeps open are idle
   * longer than a proxy takes to be updated.
   */
  private static final Symbol SECONDS =
      Symbol.setting(
          "pre_stop_sleep_seconds",
          new Whole(1, 120),
          "10",
          "How long they sleep, in seconds; their grace period becomes longer by as much");

  @Override
  public String name() {
    return "pre-stop-sleep";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(SECONDS);
  }

  /** They run as long as the pod's containers, and some serve in their place. */
  private static final String SIDECARS =
      "object.spec.?initContainers.orValue([])"
          + ".filter(c, c.?restartPolicy.orValue('') == 'Always')";

  /**
   * Services and routes can't be asked here, but who receives traffic names a port or a readiness
   * probe. Where one container does, all sleep: it may need the others to answer. Whoever wants no
   * grace, or ends on its own, serves nobody.
   *
   * <p>The grace period grows, so that a program has as long to end as it was given. Only a pod
   * that has a hook already has counted it in: there, sleeping takes no longer than the grace.
   */
  @Override
  public List<HasMetadata> objects() {
    return Admission.objects(
        name(),
        name(),
        Admission.mutating(Admission.ofApplications(), Admission.newPods())
            .addNewMatchCondition(
                "(object.spec.containers + %s).exists(c, has(c.readinessProbe)".formatted(SIDECARS)
                    + " || c.?ports.orValue([]).size() > 0)",
                "receives-traffic")
            .addNewMatchCondition(
                "object.spec.restartPolicy == 'Always'"
                    + " && object.spec.terminationGracePeriodSeconds > 0",
                "ends-with-grace")
            .addNewVariable(SIDECARS, "sidecars")
            .addNewVariable(
                "object.spec.terminationGracePeriodSeconds"
                    + " + ((object.spec.containers + variables.sidecars)"
                    + ".exists(c, c.?lifecycle.?preStop.hasValue())"
                    + " ? 0 : "
                    + SECONDS.token()
                    + ")",
                "grace")
            .withMutations(Admission.merge(sleep()))
            .build());
  }

  private static String sleep() {
    return """
    Object{spec: Object.spec{
      terminationGracePeriodSeconds: variables.grace,
      initContainers: %s,
      containers: %s}}
    """
        .formatted(
            sleeping("variables.sidecars", "Object.spec.initContainers"),
            sleeping("object.spec.containers", "Object.spec.containers"));
  }

  private static String sleeping(String containers, String type) {
    return """
    CONTAINERS
      .filter(c, !c.?lifecycle.?preStop.hasValue())
      .map(c, TYPE{
        name: c.name,
        lifecycle: TYPE.lifecycle{
          preStop: TYPE.lifecycle.preStop{
            sleep: TYPE.lifecycle.preStop.sleep{
              seconds: variables.grace < SECONDS ? variables.grace : SECONDS}}}})
    """
        .replace("CONTAINERS", containers)
        .replace("TYPE", type)
        .replace("SECONDS", SECONDS.token());
  }
}
