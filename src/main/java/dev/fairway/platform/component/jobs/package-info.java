/** What runs from time to time, and what is done about what has run. */
@NullMarked
package dev.fairway.platform.component.jobs;

import org.jspecify.annotations.NullMarked;
