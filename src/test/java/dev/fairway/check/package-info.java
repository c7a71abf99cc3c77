@NullMarked
package dev.fairway.check;

import org.jspecify.annotations.NullMarked;
