package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.Freeze;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** A freeze window of a channel's policy. */
final class FreezeReader {
  static final Shape<Freeze> SHAPE = Shape.object("a freeze", FreezeReader::read);

  private static final Shape<String> RULE =
      Shape.line("a recurrence rule of RFC 5545", "FREQ=WEEKLY;BYDAY=FR");

  private final ObjectReader in;
  private final Field<String> reason;
  private final Field<ZoneId> zone;
  private final Field<LocalDateTime> start;
  private final Field<Duration> duration;
  private final Field<String> rule;

  private FreezeReader(ObjectReader in) {
    this.in = in;
    reason = in.required("reason", Shape.line("a reason", "nobody is there to look after it"));
    zone = in.required("time_zone", ChannelShapes.TIME_ZONE);
    start = in.required("start", ChannelShapes.START);
    duration = in.required("duration", ChannelShapes.DURATION);
    rule = in.optional("rule", RULE);
  }

  private static Optional<Freeze> read(ObjectReader in) {
    var reader = new FreezeReader(in);
    reader.checkRule();
    return in.build(() ->
        new Freeze(
            reader.reason.get(),
            reader.zone.get(),
            reader.start.get(),
            reader.duration.get(),
            reader.rule.value()));
  }

  private void checkRule() {
    if (rule.value().isEmpty() || zone.value().isEmpty() || start.value().isEmpty()) {
      return;
    }
    FreezeStarts.objection(rule.get(), zone.get(), start.get())
        .ifPresent(objection ->
            in.broken(
                Diagnostic.at(
                        rule.span(),
                        Code.FREEZE_RULE,
                        "rule is \"%s\": %s".formatted(Shown.of(rule.get()), Shown.of(objection)),
                        "write the value of an RRULE of RFC 5545 that names the start too, such as"
                            + " FREQ=WEEKLY;BYDAY=FR for one on a Friday")
                    .with("start", start.get(), start.span())));
  }
}
