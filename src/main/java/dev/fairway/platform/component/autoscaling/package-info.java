/** As many nodes, and as many and as large pods, as the work needs. */
@NullMarked
package dev.fairway.platform.component.autoscaling;

import org.jspecify.annotations.NullMarked;
