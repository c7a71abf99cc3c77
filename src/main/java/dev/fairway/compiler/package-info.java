/**
 * The passes from a platform to a release: declare, check, emit, confirm, package. This is the one
 * place where the model crosses into jsii, on one thread, and only for what the cache lacks.
 */
@NullMarked
package dev.fairway.compiler;

import org.jspecify.annotations.NullMarked;
