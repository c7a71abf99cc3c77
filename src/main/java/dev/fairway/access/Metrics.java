package dev.fairway.access;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** How many reviews had which outcome, as Prometheus reads it. */
final class Metrics {
  private static final String NAME = "token_webhook_reviews_total";

  private final Map<String, LongAdder> reviews;

  Metrics() {
    var counters = new TreeMap<String, LongAdder>();
    for (var outcome : new String[] {"authenticated", "refused", "unavailable"}) {
      for (var cached : new boolean[] {false, true}) {
        counters.put(labels(outcome, cached), new LongAdder());
      }
    }
    this.reviews = Collections.unmodifiableMap(counters);
  }

  /** Counts the answer and gives it back. */
  Answer count(Answer answer, boolean cached) {
    var outcome =
        switch (answer) {
          case Answer.Authenticated _ -> "authenticated";
          case Answer.Refused _ -> "refused";
          case Answer.Unavailable _ -> "unavailable";
        };
    reviews.getOrDefault(labels(outcome, cached), new LongAdder()).increment();
    return answer;
  }

  String text() {
    var text = new StringBuilder("# TYPE " + NAME + " counter\n");
    reviews.forEach((labels, count) ->
        text.append(NAME).append(labels).append(' ').append(count.sum()).append('\n'));
    return text.toString();
  }

  private static String labels(String outcome, boolean cached) {
    return "{cached=\"%s\",outcome=\"%s\"}".formatted(cached, outcome);
  }
}
