/**
 * What a release changes against another: file by file as a reviewer reads it, and cluster by
 * cluster as a fleet feels it.
 */
@NullMarked
package dev.fairway.diff;

import org.jspecify.annotations.NullMarked;
