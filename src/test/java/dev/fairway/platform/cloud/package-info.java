@NullMarked
package dev.fairway.platform.cloud;

import org.jspecify.annotations.NullMarked;
