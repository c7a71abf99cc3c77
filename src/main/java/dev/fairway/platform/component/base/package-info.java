/** What all other components stand on: the namespaces, and the order in which pods matter. */
@NullMarked
package dev.fairway.platform.component.base;

import org.jspecify.annotations.NullMarked;
