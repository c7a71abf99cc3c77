@NullMarked
package dev.fairway.platform.node;

import org.jspecify.annotations.NullMarked;
