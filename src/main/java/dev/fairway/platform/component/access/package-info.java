/** Who gets into a cluster, and what they may do there. */
@NullMarked
package dev.fairway.platform.component.access;

import org.jspecify.annotations.NullMarked;
