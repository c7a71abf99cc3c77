/**
 * Files into the model, strictly: every value is checked where it stands, and everything that is
 * wrong in any file is said in one run. What was read remembers its place, so that later passes can
 * point at it too.
 */
@NullMarked
package dev.fairway.source;

import org.jspecify.annotations.NullMarked;
