/** What makes a machine a node that applications may run on. */
@NullMarked
package dev.fairway.platform.component.node;

import org.jspecify.annotations.NullMarked;
