/** Names: those within the cluster, and those that the cluster gives to the world. */
@NullMarked
package dev.fairway.platform.component.dns;

import org.jspecify.annotations.NullMarked;
