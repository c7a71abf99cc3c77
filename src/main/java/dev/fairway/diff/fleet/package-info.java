/**
 * What a fleet feels of a release: which clusters change, which of their nodes are replaced, how
 * long that may take, and what stands in its way.
 */
@NullMarked
package dev.fairway.diff.fleet;

import org.jspecify.annotations.NullMarked;
