/**
 * The token webhook: a service beside an API server that says who has an OAuth token. It imports
 * the model at most, and is shipped without the compiler.
 */
@NullMarked
package dev.fairway.access;

import org.jspecify.annotations.NullMarked;
