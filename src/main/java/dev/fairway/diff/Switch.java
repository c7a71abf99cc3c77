package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/**
 * What a resource, an object, or a part of one hangs on.
 *
 * @param wiring the condition, with {@code ${symbol}} for what a cluster decides; empty where there
 *     is none
 * @param byDefault whether it holds on a cluster that says nothing about it; empty where each has
 *     to say
 */
record Switch(String wiring, Optional<Boolean> byDefault) {
  static final Switch NONE = new Switch("", Optional.of(true));

  /** A condition of which nothing is known but its name. */
  static Switch unknown(String name) {
    return new Switch("${" + name + "}", Optional.empty());
  }

  /** What decides between the branches of an {@code Fn::If}: {@link #label}, or a bare name. */
  static Switch labelled(JsonNode label) {
    if (!label.isObject()) {
      return unknown(label.asText());
    }
    var truth = label.path("byDefault");
    return new Switch(
        label.path("wiring").asText(),
        truth.isBoolean() ? Optional.of(truth.asBoolean()) : Optional.empty());
  }

  JsonNode label() {
    var label = JsonNodeFactory.instance.objectNode().put("wiring", wiring);
    byDefault.ifPresent(truth -> label.put("byDefault", truth));
    return label;
  }

  boolean isOn() {
    return byDefault.orElse(false);
  }

  private boolean isOff() {
    return !byDefault.orElse(true);
  }

  /** Whether clusters have a say in it. */
  boolean isWired() {
    return wiring.contains("${");
  }

  /** Whether it is on anywhere. */
  private boolean mayBeOn() {
    return !isOff() || isWired();
  }

  /** Whether it goes on each cluster that says nothing. */
  boolean turnsOff(Switch later) {
    return isOn() && later.isOff();
  }

  /** Whether it hangs on something else now, or on what each has to say, and not all do. */
  boolean mayTurnOff(Switch later) {
    return !later.isOn() && (isOn() || (!wiring.equals(later.wiring) && mayBeOn()));
  }

  /** Whether nobody loses by the later one what the cluster has by this. */
  boolean staysIn(Switch later) {
    return !turnsOff(later) && !mayTurnOff(later);
  }

  Switch not() {
    return new Switch("not " + wiring, byDefault.map(it -> !it));
  }

  /** Both of them. */
  Switch and(Switch other) {
    if (equals(NONE) || equals(other)) {
      return other;
    }
    if (other.equals(NONE)) {
      return this;
    }
    var truth =
        isOff() || other.isOff()
            ? Optional.of(false)
            : byDefault.flatMap(it -> other.byDefault.map(its -> it && its));
    return new Switch(wiring + " and " + other.wiring, truth);
  }
}
