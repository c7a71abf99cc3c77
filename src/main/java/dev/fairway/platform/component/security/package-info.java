/** Who pods are, and what they may do. */
@NullMarked
package dev.fairway.platform.component.security;

import org.jspecify.annotations.NullMarked;
