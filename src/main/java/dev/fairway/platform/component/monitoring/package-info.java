/** What measures the cluster, keeps the measurements, and says when something is wrong. */
@NullMarked
package dev.fairway.platform.component.monitoring;

import org.jspecify.annotations.NullMarked;
