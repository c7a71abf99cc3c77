package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The outputs of two states of a template. Other stacks import by the name of an export, whatever
 * its output is called: CloudFormation lets none of those go or come to another value.
 */
final class OutputDiff {
  private static final String IMPORTED = " while another stack imports it";

  private final String file;
  private final JsonNode before;
  private final JsonNode after;
  private final Values values;
  private final Map<String, JsonNode> exports = new TreeMap<>();

  private OutputDiff(String file, JsonNode before, JsonNode after, Values values) {
    this.file = file;
    this.before = before.path("Outputs");
    this.after = after.path("Outputs");
    this.values = values;
    this.after.forEach(output -> exports.put(name(output, values.after()), output));
  }

  static Stream<Difference> between(String file, JsonNode before, JsonNode after, Values values) {
    var diff = new OutputDiff(file, before, after, values);
    return Trees.names(diff.before, diff.after).stream().flatMap(id -> diff.output(id).stream());
  }

  /** The same for each output without an export, which nobody asks for. */
  private static String name(JsonNode output, Evaluation of) {
    return of.wired(output.path("Export").path("Name")).toString();
  }

  private Optional<Difference> output(String id) {
    var was = before.path(id);
    var becomes = after.path(id);
    var refused = was.has("Export") ? refused(was) : Optional.<String>empty();
    if (was.equals(becomes) && refused.isEmpty()) {
      return Optional.empty();
    }
    var act = Trees.act(was, becomes);
    var plain = Difference.of(Area.STACKS, act, file, id, "Output");
    var change = act == Act.CHANGED ? plain.with(FieldChanges.between(was, becomes)) : plain;
    if (refused.isPresent()) {
      return Optional.of(change.because(Risk.REFUSED, refused.get()));
    }
    return Optional.of(
        act == Act.REMOVED && was.has("Export")
            ? change.harmless().noting("another output exports it under the same name")
            : change);
  }

  private Optional<String> refused(JsonNode was) {
    var later = exports.getOrDefault(name(was, values.before()), MissingNode.getInstance());
    if (later.isMissingNode()) {
      return Optional.of("CloudFormation removes no export" + IMPORTED);
    }
    var old = was.path("Value");
    var fresh = later.path("Value");
    if (values.fate(old, fresh) != Fate.KEPT) {
      return Optional.of("CloudFormation changes no export" + IMPORTED);
    }
    var stays = values.before().conditions().on(was).staysIn(values.after().conditions().on(later));
    return stays
        ? Optional.empty()
        : Optional.of(
            "clusters lose it on which the condition %s does not hold, and CloudFormation removes no export%s"
                .formatted(later.path("Condition").asText(), IMPORTED));
  }
}
