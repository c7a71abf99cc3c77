@NullMarked
package dev.fairway.platform.component.node;

import org.jspecify.annotations.NullMarked;
