package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.Change;
import dev.fairway.deploy.DeployReport;
import dev.fairway.deploy.StepReport;
import dev.fairway.diagnostic.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A report of a deploy or of its plan, for people and for programs. */
final class DeployText {
  private DeployText() {}

  static ObjectNode json(DeployReport report, boolean plan) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("cluster", report.cluster().toString())
            .put("release", report.release().hex())
            .put("desiredVersion", report.version().hex())
            .put("plan", plan)
            .put("succeeded", report.run().succeeded());
    // What a step changed before it failed is not counted, so a failed run does not say "nothing".
    if (report.run().succeeded() || !report.run().changes().isEmpty()) {
      json.put("changed", !report.run().changes().isEmpty());
    }
    var steps = json.putArray("steps");
    report.run().steps().forEach(step -> steps.add(json(step)));
    var outdated = json.putArray("outdatedInstances");
    report
        .outdated()
        .forEach(group -> {
          var entry = outdated.addObject().put("group", group.group());
          entry.put("count", group.outdated().size());
          var instances = entry.putArray("instances");
          group.outdated().forEach(instance -> instances.add(instance.id()));
        });
    return json;
  }

  static ObjectNode json(StepReport step) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", step.name())
            .put("milliseconds", step.took().toMillis())
            .put("succeeded", step.succeeded());
    json.set("changes", changes(step.changes()));
    return json;
  }

  static ArrayNode changes(List<Change> changes) {
    var json = JsonNodeFactory.instance.arrayNode();
    for (var change : changes) {
      json.addObject()
          .put("kind", change.kind())
          .put("name", change.name())
          .put("action", change.action());
    }
    return json;
  }

  static void print(DeployReport report, boolean plan, PrintWriter out) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("kind", "name", plan ? "would be" : "was"));
    report
        .run()
        .changes()
        .forEach(change ->
            rows.add(
                List.of(
                    change.kind(),
                    Printable.line(change.name()),
                    Printable.line(change.action()))));
    if (rows.size() > 1) {
      new Table(rows).print(out);
    }
    report
        .outdated()
        .forEach(group ->
            out.println(
                "%s: %d of %d instances were launched from an older launch template"
                    .formatted(group.group(), group.outdated().size(), group.instances().size())));
    if (report.run().succeeded()) {
      out.println(
          "%s %s version %s%s"
              .formatted(
                  report.cluster(),
                  plan ? "would run" : "runs",
                  report.version(),
                  rows.size() > 1 ? "" : "; nothing " + (plan ? "would change" : "was changed")));
    }
  }
}
