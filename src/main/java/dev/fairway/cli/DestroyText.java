package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.DestroyReport;
import dev.fairway.diagnostic.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A report of a destroy or of its plan, for people and for programs. */
final class DestroyText {
  private DestroyText() {}

  static ObjectNode json(DestroyReport report, boolean plan) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("cluster", report.cluster().toString())
            .put("plan", plan)
            .put("succeeded", report.run().succeeded())
            .put("changed", !report.run().changes().isEmpty());
    var steps = json.putArray("steps");
    report.run().steps().forEach(step -> steps.add(DeployText.json(step)));
    var retained = json.putArray("retained");
    report
        .retained()
        .forEach(kept ->
            retained
                .addObject()
                .put("type", kept.resource().type())
                .put("id", kept.resource().id())
                .put("reason", kept.reason()));
    return json;
  }

  static void print(DestroyReport report, boolean plan, PrintWriter out) {
    var gone = new ArrayList<List<String>>();
    gone.add(List.of("kind", "name", plan ? "would be" : "was"));
    report
        .run()
        .changes()
        .forEach(change -> gone.add(row(change.kind(), change.name(), change.action())));
    table(gone, out);
    var retained = new ArrayList<List<String>>();
    retained.add(List.of("type", "id", plan ? "would stay for" : "stays for"));
    report
        .retained()
        .forEach(
            kept -> retained.add(row(kept.resource().type(), kept.resource().id(), kept.reason())));
    table(retained, out);
    if (report.run().succeeded()) {
      out.println(
          "%s %s%s"
              .formatted(
                  report.cluster(),
                  plan ? "would be destroyed" : "is destroyed",
                  gone.size() > 1 ? "" : ": nothing of it " + (plan ? "stands" : "was left")));
    }
  }

  private static List<String> row(String... cells) {
    return java.util.Arrays.stream(cells).map(Printable::line).toList();
  }

  private static void table(List<List<String>> rows, PrintWriter out) {
    if (rows.size() > 1) {
      new Table(rows).print(out);
      out.println();
    }
  }
}
