package dev.fairway.platform.component;

import dev.fairway.model.Symbol;

/**
 * A field of an object that takes a symbol's value as a whole: a number, a truth, a list or a map.
 *
 * @param kind of the object
 * @param name of the object
 * @param pointer RFC 6901; the field need not be set
 */
public record Field(String kind, String name, String pointer, Symbol symbol) {
  public Field {
    if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException("not a JSON pointer: " + pointer);
    }
  }
}
