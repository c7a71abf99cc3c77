package dev.fairway.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A taint of a node, written {@code key=value:effect}; the value may be empty. Key and value are as
 * long as those of a label: the kubelet can't register a node whose taints break that.
 */
public record Taint(String key, String value, String effect) {
  private static final Pattern FORM =
      Pattern.compile(
          "((?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?"
              + "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)"
              + "=((?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?)"
              + ":(NoSchedule|PreferNoSchedule|NoExecute)");

  /**
   * Every node starts with it; a controller takes it away once the node's system pods run. That
   * controller, Kubernetes' node readiness controller, handles keys of this prefix only.
   */
  public static final Taint STARTUP =
      new Taint("readiness.k8s.io/fairway-starting", "true", "NoSchedule");

  public static Optional<Taint> parse(String text) {
    var match = FORM.matcher(text);
    return match.matches()
        ? Optional.of(new Taint(match.group(1), match.group(2), match.group(3)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return key + "=" + value + ":" + effect;
  }
}
