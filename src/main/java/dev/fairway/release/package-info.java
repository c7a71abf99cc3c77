/**
 * The release format: a tree of files with a manifest, {@code release.json}, its digest, and how it
 * is read and written. It knows bytes and symbols, not what they are for.
 */
@NullMarked
package dev.fairway.release;

import org.jspecify.annotations.NullMarked;
