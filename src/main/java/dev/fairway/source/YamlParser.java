package dev.fairway.source;

import static dev.fairway.diagnostic.Code.DUPLICATE_KEY;
import static dev.fairway.diagnostic.Code.NOT_ONE_DOCUMENT;
import static dev.fairway.diagnostic.Code.YAML_FEATURE;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Span;
import dev.fairway.source.YamlNode.Entry;
import dev.fairway.source.YamlNode.Mapping;
import dev.fairway.source.YamlNode.Refused;
import dev.fairway.source.YamlNode.Scalar;
import dev.fairway.source.YamlNode.ScalarKind;
import dev.fairway.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * One file into one tree. Works on the parser's events and not on its nodes, because these have
 * forgotten where an alias stood and keep the whole file in memory with every position.
 */
final class YamlParser {
  private static final ScalarResolver RESOLVER = new CoreScalarResolver(false);

  /** Deeper than anybody writes; a file of brackets alone must not exhaust the stack. */
  private static final int DEEPEST = 32;

  private static final String WHY_NO_ALIAS =
      "write the value out: what a cluster is must be readable where it stands";

  private final Reading in;
  private final Iterator<Event> events;

  private YamlParser(Reading in, Iterator<Event> events) {
    this.in = in;
    this.events = events;
  }

  /** The file's one document, or empty when it can't be had and the collector knows why. */
  static Optional<YamlNode> parse(SourceFile file, Diagnostics.Collector found) {
    var in = new Reading(file.name(), found);
    try {
      var events = new Parse(settings(file)).parseString(file.text()).iterator();
      return new YamlParser(in, events).document();
    } catch (YamlEngineException e) {
      in.report(SyntaxError.diagnostic(file, e));
      return Optional.empty();
    }
  }

  /**
   * A buffer for the whole text: the parser reads past the end of one that ends between the two
   * halves of a character outside the basic plane.
   */
  private static LoadSettings settings(SourceFile file) {
    return LoadSettings.builder().setBufferSize(file.text().length() + 2).build();
  }

  private Optional<YamlNode> document() {
    skip();
    if (!(events.next() instanceof DocumentStartEvent start)) {
      return empty(Span.startOf(in.file()));
    }
    refuseDirectives(start);
    var root = node(events.next(), 0);
    skip();
    refuseMore(events.next());
    return root instanceof Scalar scalar && scalar.is(ScalarKind.NULL)
        ? empty(in.span(root))
        : Optional.of(root);
  }

  private Optional<YamlNode> empty(Span span) {
    in.report(
        Diagnostic.at(
            span, NOT_ONE_DOCUMENT, "the file holds nothing", "write into it, or delete it"));
    return Optional.empty();
  }

  private void skip() {
    events.next();
  }

  private void refuseDirectives(DocumentStartEvent start) {
    if (start.getSpecVersion().isPresent() || !start.getTags().isEmpty()) {
      refuse(start, "a directive", "remove the line that begins with %: files are YAML 1.2");
    }
  }

  private void refuseMore(Event event) {
    if (event instanceof DocumentStartEvent) {
      in.report(
          Diagnostic.at(
              span(event),
              NOT_ONE_DOCUMENT,
              "a second document begins here",
              "move it to a file of its own"));
    }
  }

  private YamlNode node(Event event, int depth) {
    refuseAnchor(event);
    return switch (event) {
      case AliasEvent alias -> {
        refuse(alias, "the alias *" + alias.getAlias(), WHY_NO_ALIAS);
        yield new Refused(line(alias), column(alias));
      }
      case ScalarEvent scalar -> scalar(scalar);
      case SequenceStartEvent start -> sequence(start, depth + 1);
      case MappingStartEvent start -> mapping(start, depth + 1);
      default -> throw new IllegalStateException("no YAML node begins with " + event);
    };
  }

  private YamlNode scalar(ScalarEvent event) {
    if (event.getTag().isPresent()) {
      refuseTag(event, event.getTag().get());
      return new Refused(line(event), column(event));
    }
    return new Scalar(line(event), column(event), event.getValue(), kind(event));
  }

  private static ScalarKind kind(ScalarEvent event) {
    var tag = RESOLVER.resolve(event.getValue(), event.getImplicit().canOmitTagInPlainScalar());
    if (tag.equals(Tag.INT)) {
      return ScalarKind.WHOLE;
    } else if (tag.equals(Tag.FLOAT)) {
      return ScalarKind.FRACTION;
    } else if (tag.equals(Tag.BOOL)) {
      return ScalarKind.BOOLEAN;
    }
    return tag.equals(Tag.NULL) ? ScalarKind.NULL : ScalarKind.TEXT;
  }

  private Sequence sequence(SequenceStartEvent start, int depth) {
    refuseTagAndDepth(start, depth);
    var items = new ArrayList<YamlNode>();
    for (var event = events.next(); !ends(event); event = events.next()) {
      items.add(node(event, depth));
    }
    return new Sequence(line(start), column(start), items);
  }

  private Mapping mapping(MappingStartEvent start, int depth) {
    refuseTagAndDepth(start, depth);
    var entries = new LinkedHashMap<String, Entry>();
    var complete = true;
    for (var event = events.next(); !ends(event); event = events.next()) {
      complete &= entry(event, depth, entries);
    }
    return new Mapping(line(start), column(start), entries, complete);
  }

  /** Reads an entry into the map; false when it could not be taken for what it says. */
  private boolean entry(Event event, int depth, SequencedMap<String, Entry> entries) {
    if (isMergeKey(event)) {
      refuse(event, "the merge key <<", WHY_NO_ALIAS);
      skipNode();
      return false;
    }
    var key = node(event, depth);
    var value = node(events.next(), depth);
    if (!(key instanceof Scalar name)) {
      refuseKey(key);
      return false;
    }
    var first = entries.putIfAbsent(name.text(), new Entry(name, value));
    if (first != null) {
      reportDuplicate(name, first);
    }
    return true;
  }

  private static boolean isMergeKey(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getValue().equals("<<");
  }

  /** Reads past a node without a word about it. */
  private void skipNode() {
    var open = 0;
    do {
      var event = events.next();
      open += event instanceof CollectionStartEvent ? 1 : ends(event) ? -1 : 0;
    } while (open > 0);
  }

  private void refuseKey(YamlNode key) {
    if (!(key instanceof Refused)) {
      in.report(
          Diagnostic.at(
              in.span(key), YAML_FEATURE, "a key is " + key.kind(), "write text as the key"));
    }
  }

  private void reportDuplicate(Scalar key, Entry first) {
    in.report(
        Diagnostic.at(
                in.span(key),
                DUPLICATE_KEY,
                key.shown() + " stands twice in the same map",
                "keep one of the two")
            .with(key.shown(), given(first.value()), in.span(first.key())));
  }

  private static String given(YamlNode node) {
    return node instanceof Scalar scalar ? scalar.shown() : node.kind();
  }

  private void refuseAnchor(Event event) {
    if (event instanceof NodeEvent node
        && !(event instanceof AliasEvent)
        && node.getAnchor().isPresent()) {
      refuse(event, "the anchor &" + node.getAnchor().get(), WHY_NO_ALIAS);
    }
  }

  private void refuseTagAndDepth(CollectionStartEvent start, int depth) {
    start.getTag().ifPresent(tag -> refuseTag(start, tag));
    if (depth > DEEPEST) {
      throw new ParserException("nested more than " + DEEPEST + " deep", start.getStartMark());
    }
  }

  private void refuseTag(Event event, String tag) {
    refuse(
        event,
        "the tag " + tag.replace(Tag.PREFIX, "!!"),
        "remove the tag; the key decides the type of its value");
  }

  private void refuse(Event event, String feature, String remedy) {
    in.report(
        Diagnostic.at(span(event), Code.YAML_FEATURE, Shown.of(feature) + " is not read", remedy));
  }

  private static boolean ends(Event event) {
    return event.getEventId() == Event.ID.SequenceEnd || event.getEventId() == Event.ID.MappingEnd;
  }

  private Span span(Event event) {
    return new Span(in.file(), line(event), column(event));
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static int column(Event event) {
    return event.getStartMark().map(Mark::getColumn).orElse(0) + 1;
  }
}
