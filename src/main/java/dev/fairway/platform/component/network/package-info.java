/** The network of pods and Services, which every node needs before any other pod can run. */
@NullMarked
package dev.fairway.platform.component.network;

import org.jspecify.annotations.NullMarked;
