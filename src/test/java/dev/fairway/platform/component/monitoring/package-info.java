@NullMarked
package dev.fairway.platform.component.monitoring;

import org.jspecify.annotations.NullMarked;
