/**
 * What a node's disk holds when it boots: Flatcar's Ignition configs, built by pure functions from
 * scripts that stand beside them as resources.
 */
@NullMarked
package dev.fairway.platform.node;

import org.jspecify.annotations.NullMarked;
