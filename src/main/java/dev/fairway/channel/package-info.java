/**
 * Channels as Git has them: branches whose trees are releases, the evidence for what may enter
 * them, and the acts that move them.
 */
@NullMarked
package dev.fairway.channel;

import org.jspecify.annotations.NullMarked;
