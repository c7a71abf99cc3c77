@NullMarked
package dev.fairway.image;

import org.jspecify.annotations.NullMarked;
