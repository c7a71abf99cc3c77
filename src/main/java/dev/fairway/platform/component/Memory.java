package dev.fairway.platform.component;

import dev.fairway.model.Quantity;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Choice;
import java.util.List;
import java.util.stream.Stream;

/** Memory as a setting, for a program that needs more the larger its cluster is. */
public final class Memory {
  private static final List<String> STEPS =
      List.of("64Mi", "128Mi", "256Mi", "512Mi", "1Gi", "2Gi", "4Gi", "8Gi");

  private Memory() {}

  /**
   * A setting that can be raised only: less than what we hold to be enough is an outage that waits
   * for its day.
   *
   * @param initial one of 64Mi, 128Mi and so on, doubling up to 8Gi
   */
  public static Symbol setting(String key, String initial, String description) {
    var least = Quantity.of(initial);
    var allowed = STEPS.stream().filter(step -> Quantity.of(step).compareTo(least) >= 0).toList();
    return Symbol.setting(key, new Choice(allowed), initial, description);
  }

  /** Where the setting stands in a program's first container: as its request and as its limit. */
  public static List<Field> fields(String kind, Workload workload, Symbol memory) {
    return Stream.of("requests", "limits")
        .map(part -> "/spec/template/spec/containers/0/resources/" + part + "/memory")
        .map(pointer -> new Field(kind, workload.name(), pointer, memory))
        .toList();
  }
}
