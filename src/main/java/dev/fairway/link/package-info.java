/**
 * Release and cluster record to assembly: a pure function that copies bytes and patches values in.
 * What can be known once for a release is worked out once, so that a cluster costs about a
 * millisecond.
 */
@NullMarked
package dev.fairway.link;

import org.jspecify.annotations.NullMarked;
