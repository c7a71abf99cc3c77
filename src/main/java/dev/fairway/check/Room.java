package dev.fairway.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.model.Quantity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** CPU and memory, of a node or of what wants to be on it. */
record Room(Quantity cpu, Quantity memory) {
  static final Room NONE = new Room(Quantity.ZERO, Quantity.of("0Mi"));

  static Room of(String cpu, String memory) {
    return new Room(Quantity.of(cpu), Quantity.of(memory));
  }

  /** A map with {@code cpu} and {@code memory}; what is absent is nothing. */
  static Room of(JsonNode amounts) {
    return of(amounts.path("cpu").asText("0"), amounts.path("memory").asText("0Mi"));
  }

  /**
   * What the scheduler counts: the containers and sidecars together, or the largest that runs
   * before them.
   */
  static Room of(Pods pods) {
    var sidecars = pods.spec().getInitContainers().stream().filter(Room::isSidecar);
    var together = sum(Stream.concat(sidecars, pods.spec().getContainers().stream()).map(Room::of));
    return pods.spec().getInitContainers().stream().map(Room::of).reduce(together, Room::larger);
  }

  private static boolean isSidecar(Container container) {
    return "Always".equals(container.getRestartPolicy());
  }

  static Room of(NodeDocument staticPod) {
    return sum(
        staticPod.containers().map(container -> of(container.path("resources").path("requests"))));
  }

  private static Room of(Container container) {
    Map<String, io.fabric8.kubernetes.api.model.Quantity> requests =
        Optional.ofNullable(container.getResources())
            .map(ResourceRequirements::getRequests)
            .orElse(Map.of());
    return of(
        Optional.ofNullable(requests.get("cpu")).map(Object::toString).orElse("0"),
        Optional.ofNullable(requests.get("memory")).map(Object::toString).orElse("0Mi"));
  }

  static Room sum(Stream<Room> rooms) {
    return rooms.reduce(NONE, Room::plus);
  }

  /** The least of each that any of them has. */
  static Room least(Collection<Room> rooms) {
    return rooms.stream().reduce(Room::smaller).orElse(NONE);
  }

  Room plus(Room other) {
    return new Room(cpu.plus(other.cpu), memory.plus(other.memory));
  }

  Room times(long factor) {
    return new Room(cpu.times(factor), memory.times(factor));
  }

  private Room larger(Room other) {
    return new Room(
        cpu.compareTo(other.cpu) < 0 ? other.cpu : cpu,
        memory.compareTo(other.memory) < 0 ? other.memory : memory);
  }

  private Room smaller(Room other) {
    return new Room(
        cpu.compareTo(other.cpu) < 0 ? cpu : other.cpu,
        memory.compareTo(other.memory) < 0 ? memory : other.memory);
  }

  boolean fits(Room whole) {
    return cpu.compareTo(whole.cpu) <= 0 && memory.compareTo(whole.memory) <= 0;
  }

  /** This many percent of it, in whole millicores and bytes. */
  Room percent(int percent) {
    return new Room(
        Quantity.ofMillis(cpu.millis() * percent / 100),
        Quantity.ofBytes(memory.bytes() * percent / 100));
  }

  /** Rounded to MiB, for people. */
  @Override
  public String toString() {
    return cpu.millis() + "m of CPU and " + (memory.bytes() >> 20) + "Mi of memory";
  }
}
