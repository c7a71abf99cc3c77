/** The paved road: constructs for teams that run applications on clusters of Fairway. */
@NullMarked
package dev.fairway.workload;

import org.jspecify.annotations.NullMarked;
