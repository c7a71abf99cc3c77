package dev.fairway.deploy.kubernetes;

import dev.fairway.diagnostic.Diagnostic;

/**
 * Something that is not healthy.
 *
 * @param name of an object, or of nodes that all have it
 * @param words what it is, short enough for a line
 */
record Symptom(String name, String words, Diagnostic diagnostic) {}
