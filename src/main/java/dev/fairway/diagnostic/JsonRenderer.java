package dev.fairway.diagnostic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One object: {@code version}, {@code errors}, {@code warnings} and {@code diagnostics}. Members
 * are only added to it; when one changes its meaning, the version goes up.
 */
final class JsonRenderer implements Renderer {
  private static final int VERSION = 1;
  private static final ObjectWriter WRITER = writer();

  /** Jackson would indent with the line break of the machine. */
  private static ObjectWriter writer() {
    var indenter = new DefaultIndenter("  ", "\n");
    return new ObjectMapper()
        .writer(
            new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
  }

  @Override
  public String render(Report report) {
    try {
      return Printable.json(WRITER.writeValueAsString(document(report))) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers can be written", e);
    }
  }

  private static ObjectNode document(Report report) {
    var root = JsonNodeFactory.instance.objectNode();
    root.put("version", VERSION);
    root.put("errors", report.errors());
    root.put("warnings", report.warnings());
    var diagnostics = root.putArray("diagnostics");
    report.entries().forEach(entry -> write(diagnostics.addObject(), entry));
    return root;
  }

  private static void write(ObjectNode object, Report.Entry entry) {
    var diagnostic = entry.diagnostic();
    object.put("code", diagnostic.code().id());
    object.put("title", diagnostic.code().title());
    object.put("severity", diagnostic.severity().word());
    diagnostic.span().ifPresent(span -> write(object, span));
    object.put("message", diagnostic.message());
    object.put("remedy", diagnostic.remedy());
    object.put("page", diagnostic.code().page());
    entry.source().ifPresent(line -> object.put("source", line));
    var values = object.putArray("values");
    diagnostic.values().forEach(value -> write(values.addObject(), value));
  }

  private static void write(ObjectNode object, Span span) {
    object.put("file", span.file());
    object.put("line", span.line());
    object.put("column", span.column());
  }

  private static void write(ObjectNode object, Diagnostic.Involved value) {
    object.put("name", value.name());
    object.put("value", value.value());
    value.span().ifPresent(span -> write(object, span));
  }
}
