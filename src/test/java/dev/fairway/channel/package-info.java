@NullMarked
package dev.fairway.channel;

import org.jspecify.annotations.NullMarked;
