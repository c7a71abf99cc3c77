/** What nodes and pods use and do, as numbers. */
@NullMarked
package dev.fairway.platform.component.metrics;

import org.jspecify.annotations.NullMarked;
