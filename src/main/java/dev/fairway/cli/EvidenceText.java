package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.Evidence;
import dev.fairway.channel.EvidenceActs;
import dev.fairway.channel.EvidencePath;
import dev.fairway.channel.EvidenceReport;
import dev.fairway.channel.Statement;
import dev.fairway.diagnostic.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How evidence is shown to people and to programs. */
final class EvidenceText {
  /** Enough of a digest to tell releases apart, and to be given as --release. */
  private static final int SHORT = 12;

  private EvidenceText() {}

  static ObjectNode json(EvidenceReport report) {
    var json = place(report.path());
    json.put("result", report.statement().result().name());
    json.put("signed_by", report.owner());
    json.put("added", report.state() == EvidenceActs.State.ADDED && !report.plan());
    json.put("plan", report.plan());
    return json;
  }

  private static ObjectNode place(EvidencePath path) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("channel", path.channel())
        .put("release", path.release().hex())
        .put("kind", path.kind())
        .put("path", path.toString());
  }

  static void show(EvidenceReport report, PrintWriter out) {
    var said =
        "%s (%s) of %s for %s, by %s"
            .formatted(
                report.path().kind(),
                report.statement().result(),
                report.path().release().hex().substring(0, SHORT),
                report.path().channel(),
                report.owner());
    out.println(
        switch (report.state()) {
          case NOTHING_TO_DO -> "it is there already: " + Printable.text(said);
          case ADDED -> (report.plan() ? "would add " : "added ") + Printable.text(said);
        });
    out.println("  " + report.path());
  }

  static ObjectNode json(List<Evidence> evidence) {
    var json = JsonNodeFactory.instance.objectNode();
    var all = json.putArray("evidence");
    evidence.forEach(found -> all.add(json(found)));
    return json;
  }

  private static ObjectNode json(Evidence evidence) {
    var json = place(evidence.path()).put("signed_by", evidence.signedBy());
    var against = json.putArray("against");
    against(evidence).forEach(against::add);
    json.put("counts", against.isEmpty());
    statement(evidence)
        .ifPresent(said -> {
          json.put("time", said.time().toString()).put("result", said.result().name());
          json.set("details", said.details());
        });
    return json;
  }

  private static Optional<Statement> statement(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Counted counted -> Optional.of(counted.statement());
      case Evidence.Rejected rejected -> rejected.statement();
    };
  }

  private static List<String> against(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Counted _ -> List.of();
      case Evidence.Rejected rejected -> rejected.against();
    };
  }

  static void show(List<Evidence> evidence, PrintWriter out) {
    if (evidence.isEmpty()) {
      out.println("nobody has said anything");
      return;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("channel", "release", "kind", "result", "time", "by", "counts"));
    evidence.forEach(found -> rows.add(row(found)));
    new Table(rows).print(out);
  }

  private static List<String> row(Evidence found) {
    var said = statement(found);
    return List.of(
        found.path().channel(),
        found.path().release().hex().substring(0, SHORT),
        found.path().kind(),
        said.map(statement -> statement.result().name()).orElse("-"),
        said.map(statement -> statement.time().toString()).orElse("-"),
        Printable.text(found.signedBy()),
        against(found).isEmpty()
            ? "yes"
            : Printable.text("no: " + String.join("; ", against(found))));
  }
}
