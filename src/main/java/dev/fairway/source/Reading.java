package dev.fairway.source;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Span;

/** The file that is being read, and where to put what is wrong with it. */
record Reading(String file, Diagnostics.Collector found) {

  Span span(YamlNode node) {
    return new Span(file, node.line(), node.column());
  }

  void report(Diagnostic diagnostic) {
    found.add(diagnostic);
  }
}
