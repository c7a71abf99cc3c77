package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.ActReport;
import dev.fairway.channel.ChannelStanding;
import dev.fairway.channel.HistoryEntry;
import dev.fairway.channel.Spell;
import dev.fairway.diagnostic.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where channels stand and how they came there, for programs and for people. */
final class StandingText {
  /** Enough of a name for people. */
  private static final int SHORT = 12;

  private static final String NONE = "-";

  private StandingText() {}

  static ObjectNode json(List<ChannelStanding> channels) {
    var json = JsonNodeFactory.instance.objectNode();
    var list = json.putArray("channels");
    channels.forEach(channel -> list.add(json(channel)));
    return json;
  }

  private static ObjectNode json(ChannelStanding channel) {
    var json = JsonNodeFactory.instance.objectNode().put("channel", channel.channel());
    channel.now().ifPresent(now -> json.set("now", json(now)));
    channel.age().ifPresent(age -> json.put("age_seconds", age.toSeconds()));
    channel.leadTime().ifPresent(time -> json.put("lead_time_seconds", time.toSeconds()));
    var clusters = json.putArray("clusters");
    channel.clusters().forEach(clusters::add);
    channel.next().ifPresent(next -> json.set("next", ActText.json(next, Optional.empty())));
    channel.problem().ifPresent(problem -> json.put("problem", problem));
    return json;
  }

  static ObjectNode json(HistoryEntry entry) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("channel", entry.channel())
            .put("commit", entry.commit())
            .put("act", entry.act().word())
            .put("release", entry.release().hex())
            .put("time", entry.time().toString())
            .put("by", entry.by())
            .put("source", entry.source())
            .put("from", entry.from())
            .put("clusters", entry.clusters())
            .put("stated", entry.stated());
    entry.approvedBy().forEach(json.putArray("approved_by")::add);
    entry.overridden().forEach(json.putArray("overridden")::add);
    return json;
  }

  /** One line of the table of channels. */
  static List<String> row(ChannelStanding channel) {
    return List.of(
        channel.channel(),
        channel.now().map(now -> brief(now.release().hex())).orElse(NONE),
        channel.age().map(Spell::of).orElse(NONE),
        channel.now().map(now -> brief(now.source())).orElse(NONE),
        channel.leadTime().map(Spell::of).orElse(NONE),
        channel.clusters().isEmpty() ? NONE : lines(channel.clusters()),
        next(channel));
  }

  private static String next(ChannelStanding channel) {
    return channel
        .problem()
        .map(Printable::text)
        .orElseGet(() -> channel.next().map(StandingText::next).orElse("nothing new"));
  }

  private static String next(ActReport next) {
    return next.left().map(left -> ActText.left(next.channel(), left)).orElseGet(() -> gates(next));
  }

  private static String lines(List<String> texts) {
    return texts.stream().map(Printable::text).collect(Collectors.joining("\n"));
  }

  private static String gates(ActReport next) {
    var lines = new ArrayList<String>();
    var met = next.gates().stream().filter(gate -> gate.isPassed()).count();
    lines.add(
        "%s: %d of %d gates met".formatted(brief(next.release().hex()), met, next.gates().size()));
    lines.addAll(ActText.unmet(next));
    return String.join("\n", lines);
  }

  static String brief(String name) {
    return name.substring(0, Math.min(SHORT, name.length()));
  }

  /** One time that a channel moved, as a line. */
  static String line(HistoryEntry entry) {
    var line = new StringBuilder();
    line.append(entry.time())
        .append("  ")
        .append("%-8s".formatted(entry.act().word()))
        .append("  ")
        .append(brief(entry.release().hex()))
        .append("  from ")
        .append(shortened(entry.from()))
        .append(", source ")
        .append(brief(entry.source()))
        .append(", by ")
        .append(entry.by());
    if (!entry.approvedBy().isEmpty()) {
      line.append(", approved by ").append(String.join(", ", entry.approvedBy()));
    }
    entry.overridden().forEach(gate -> line.append(", ").append(gate));
    if (!entry.stated()) {
      line.append(", and no statement that counts says why");
    }
    return Printable.text(line.toString());
  }

  /** A branch and a commit of it. */
  private static String shortened(String from) {
    var at = from.indexOf('@');
    return from.substring(0, at + 1) + brief(from.substring(at + 1));
  }
}
