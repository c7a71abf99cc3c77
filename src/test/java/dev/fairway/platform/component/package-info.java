@NullMarked
package dev.fairway.platform.component;

import org.jspecify.annotations.NullMarked;
