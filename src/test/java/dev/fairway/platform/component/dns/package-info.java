@NullMarked
package dev.fairway.platform.component.dns;

import org.jspecify.annotations.NullMarked;
