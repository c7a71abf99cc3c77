/** Volumes for pods. */
@NullMarked
package dev.fairway.platform.component.storage;

import org.jspecify.annotations.NullMarked;
