package dev.fairway.e2e.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a test saw, for the report. A test, or a method run before or after all, takes one as a
 * parameter; its class has an {@link Item}. Safe for several threads.
 *
 * <p>What was handed in counts whether the test passes or fails, so hand in early.
 */
public final class Evidence {
  private static final Map<String, Evidence> HANDED_IN = new ConcurrentHashMap<>();

  private final List<Exhibit> exhibits = new ArrayList<>();

  Evidence() {}

  /** Of the test or class of this unique id. */
  static Evidence of(String uniqueId) {
    return HANDED_IN.computeIfAbsent(uniqueId, _ -> new Evidence());
  }

  /** What proved it, such as {@code kube-apiserver 1.36.2}. Naming one twice is naming it once. */
  public Evidence engine(String name) {
    return add(new Exhibit.Engine(name));
  }

  /** What stood there for the real thing, and what it does not do as that would. */
  public Evidence standIn(String what, String lacks) {
    return add(new Exhibit.StandIn(what, lacks));
  }

  /** One value, such as {@code objects applied} and 71. */
  public Evidence figure(String name, Object value) {
    return add(new Exhibit.Figure(name, value.toString()));
  }

  public Evidence table(String title, List<String> columns, List<List<String>> rows) {
    return add(new Exhibit.Table(title, columns, rows));
  }

  /** Lines that are there already, folded. */
  public Evidence text(String title, String text) {
    return add(new Exhibit.Text(title, text));
  }

  /** The end of a file, as it is when the test has ended. */
  public Evidence log(String title, Path file) {
    return add(new Exhibit.Log(title, file));
  }

  private synchronized Evidence add(Exhibit exhibit) {
    exhibits.add(exhibit);
    return this;
  }

  synchronized List<Exhibit> exhibits() {
    return exhibits.stream().distinct().toList();
  }

  /** Reads the logs while their folders are still there. */
  synchronized void readLogs() {
    exhibits.replaceAll(exhibit ->
        exhibit instanceof Exhibit.Log log ? LogEnd.of(log.title(), log.file()) : exhibit);
  }
}
