package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.ActReport;
import dev.fairway.channel.ActReport.Left;
import dev.fairway.channel.GateResult;
import dev.fairway.diagnostic.Printable;
import dev.fairway.diff.report.Markdown;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an act came to, for programs and for people. */
final class ActText {
  private ActText() {}

  static ObjectNode json(ActReport report, Optional<URI> pullRequest) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("act", report.act().word());
    json.put("channel", report.channel());
    json.put("state", word(report.state()));
    json.put("plan", report.plan());
    json.put("release", report.release().hex());
    report.before().ifPresent(before -> json.put("before", before.hex()));
    report.commit().ifPresent(commit -> json.put("commit", commit));
    report.head().ifPresent(head -> json.put("head", head));
    json.put("base", report.base());
    report.earliest().ifPresent(time -> json.put("earliest", time.toString()));
    report.left().ifPresent(left -> json.put("left", left.release().hex()));
    pullRequest.ifPresent(page -> json.put("pull_request", page.toString()));
    var gates = json.putArray("gates");
    report.gates().forEach(gate -> gates.add(json(gate)));
    return json;
  }

  static ObjectNode json(GateResult gate) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("gate", gate.name());
    json.put("state", gate.state().name().toLowerCase(Locale.ROOT));
    json.put("reason", gate.reason());
    gate.earliest().ifPresent(time -> json.put("earliest", time.toString()));
    var evidence = json.putArray("evidence");
    gate.evidence().forEach(file -> evidence.add(file.hex()));
    return json;
  }

  private static String word(ActReport.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static void show(ActReport report, Optional<URI> pullRequest, PrintWriter out) {
    out.println(sentence(report));
    report.gates().forEach(gate -> out.println("  " + line(gate)));
    report
        .earliest()
        .filter(_ -> report.state() == ActReport.State.WAITING)
        .map(Instant::toString)
        .ifPresent(time -> out.println("  all of them are met at " + time));
    if (report.state() != ActReport.State.NOTHING_TO_DO && !report.plan()) {
      report.head().ifPresent(head -> out.println("  " + proposal(report, head, pullRequest)));
    }
  }

  private static String sentence(ActReport report) {
    var name = report.channel();
    var release = report.release();
    var would = report.plan() ? "plan: " : "";
    return would
        + switch (report.state()) {
          case NOTHING_TO_DO ->
              report
                  .left()
                  .map(left -> "%s keeps release %s: %s".formatted(name, release, left(name, left)))
                  .orElse("%s has release %s already: nothing to do".formatted(name, release));
          case PROPOSED ->
              report.plan()
                  ? "%s would be proposed release %s".formatted(name, release)
                  : "%s is proposed release %s".formatted(name, release);
          case WAITING -> "%s does not take release %s yet".formatted(name, release);
          case MOVED ->
              report.plan()
                  ? "%s would take release %s".formatted(name, release)
                  : "%s has release %s now".formatted(name, release);
        };
  }

  /** Nothing else would ever say so: no schedule takes it. */
  static String left(String channel, Left left) {
    var release = StandingText.brief(left.release().hex());
    return "%s, which %s went away from; take it again with --release %s"
        .formatted(
            left.upstream()
                .map(upstream -> "%s has %s".formatted(upstream, release))
                .orElse(release + " is published"),
            channel,
            release);
  }

  static String line(GateResult gate) {
    var mark =
        switch (gate.state()) {
          case MET -> "met      ";
          case UNMET -> "not met  ";
          case OVERRIDDEN -> "overridden ";
        };
    return Printable.text(mark + " " + gate.name() + ": " + gate.reason());
  }

  private static String proposal(ActReport report, String head, Optional<URI> pullRequest) {
    return pullRequest
        .map(page -> "pull request: " + page)
        .orElse(
            "open a pull request from %s to %s for who wants to see it"
                .formatted(head, report.base()));
  }

  /** For the text of a pull request. */
  static String markdown(ActReport report) {
    var text = new StringBuilder();
    text.append("Release `").append(report.release()).append("`");
    report
        .before()
        .ifPresent(before -> text.append(", in the place of `").append(before).append("`"));
    text.append(".\n\nFairway moves `")
        .append(report.base())
        .append("` to this very commit when its gates are met; don't merge by hand.\n");
    if (!report.gates().isEmpty()) {
      text.append("\n| gate | | |\n|---|---|---|\n");
      report.gates().forEach(gate -> text.append(row(gate)));
    }
    return text.toString();
  }

  private static String row(GateResult gate) {
    return "| %s | %s | %s |\n"
        .formatted(
            Markdown.plain(gate.name()),
            gate.state().name().toLowerCase(Locale.ROOT),
            Markdown.plain(gate.reason()));
  }

  static List<String> unmet(ActReport report) {
    return report.gates().stream()
        .filter(gate -> !gate.isPassed())
        .map(gate ->
            gate.name()
                + ": "
                + gate.reason()
                + gate.earliest().map(time -> "; met at " + time).orElse(""))
        .map(Printable::text)
        .toList();
  }
}
