/**
 * What Fairway talks about, as plain values: records and sealed types with their invariants inside.
 * Imports nothing but {@code java.*}, so every other package may build on it.
 */
@NullMarked
package dev.fairway.model;

import org.jspecify.annotations.NullMarked;
