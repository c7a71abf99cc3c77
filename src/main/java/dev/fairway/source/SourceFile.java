package dev.fairway.source;

/**
 * A file's text.
 *
 * @param name as diagnostics show it: relative to where the user works, with slashes
 */
public record SourceFile(String name, String text) {}
