@NullMarked
package dev.fairway.platform.component.ingress;

import org.jspecify.annotations.NullMarked;
