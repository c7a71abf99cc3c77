package dev.fairway.platform.component.policy;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.component.Component;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicySpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Memory is requested and limited alike, as {@link dev.fairway.platform.component.Resources} has it
 * for the platform's own programs; and CPU is not limited where a cluster says so.
 */
@AutoService(Component.class)
public final class ContainerResources implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "container_resources_enabled",
          new Bool(),
          "true",
          "Whether memory requests and limits of applications are made equal, and their CPU limits"
              + " removed where there are to be none; without it they stay as they are given");

  /** Of a pod that shares what it gets among its containers; theirs are then parts of it. */
  private static final String POD = "object.spec.?resources";

  private static final String CONTAINER = "c.?resources";

  @Override
  public String name() {
    return "container-resources";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(CpuLimits.ENABLED);
  }

  @Override
  public List<HasMetadata> objects() {
    return Stream.of(
            Admission.objects(name(), "equal-memory", equalMemory()),
            Admission.objects(name(), "no-cpu-limits", noCpuLimits()))
        .flatMap(List::stream)
        .toList();
  }

  /** Whoever asks for another size of a running pod is held to it as well. */
  private static MutatingAdmissionPolicySpec equalMemory() {
    return Admission.mutating(
            Admission.ofApplications(),
            Admission.newPods(),
            Admission.requests("UPDATE", "", "pods/resize"))
        .addNewVariable(saysMemory(POD), "ofPod")
        .withMutations(
            Admission.merge(
                "variables.ofPod ? Object{} : Object{spec: Object.spec{",
                equalMemory("containers") + ",",
                equalMemory("initContainers") + "}}"),
            Admission.merge(
                "variables.ofPod ? [" + largerMemory(POD) + "]",
                ".map(memory, Object{spec: Object.spec{resources: Object.spec.resources{",
                "requests: {'memory': memory}, limits: {'memory': memory}}}})[0] : Object{}"))
        .build();
  }

  private static String equalMemory(String containers) {
    return """
    K: object.spec.?K.orValue([])
      .filter(c, SAYS)
      .map(c, {'of': c.name, 'memory': dyn(LARGER)})
      .map(it, Object.spec.K{
        name: it.of,
        resources: Object.spec.K.resources{
          requests: {'memory': it.memory}, limits: {'memory': it.memory}}})
    """
        .replace("K", containers)
        .replace("SAYS", saysMemory(CONTAINER))
        .replace("LARGER", largerMemory(CONTAINER));
  }

  private static String saysMemory(String resources) {
    return "(R.?requests[?'memory'].hasValue() || R.?limits[?'memory'].hasValue())"
        .replace("R", resources);
  }

  /**
   * Both become the larger: nobody is killed for memory that was granted, and where a LimitRange
   * has put its own limit below what was requested, the request counts.
   */
  private static String largerMemory(String resources) {
    var request = resources + ".?requests[?'memory'].orValue('0')";
    var limit = resources + ".?limits[?'memory'].orValue('0')";
    return "quantity(%s).isGreaterThan(quantity(%s)) ? %s : %s"
        .formatted(request, limit, request, limit);
  }

  /** At work exactly where {@link CpuLimits} is off: what it would refuse is what is made here. */
  private static MutatingAdmissionPolicySpec noCpuLimits() {
    return Admission.mutating(Admission.ofApplications(), Admission.newPods())
        .addNewMatchCondition("!" + CpuLimits.ENABLED.token(), "without-cpu-limits")
        .withMutations(
            Admission.patch(
                noCpuLimits("containers"),
                noCpuLimits("initContainers"),
                """
                (%s.?limits[?'cpu'].hasValue()
                  ? [JSONPatch{op: 'remove', path: '/spec/resources/limits/cpu'}] : [])
                """
                    .formatted(POD)))
        .build();
  }

  private static String noCpuLimits(String containers) {
    return """
    object.spec.?K.orValue([]).transformList(i, c, c.?resources.?limits[?'cpu'].hasValue(),
      JSONPatch{op: 'remove', path: '/spec/K/' + string(i) + '/resources/limits/cpu'})
    """
        .replace("K", containers);
  }
}
