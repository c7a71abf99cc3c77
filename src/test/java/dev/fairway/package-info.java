/** What the tests of all packages share: snapshots, and the rules of the house. */
@NullMarked
package dev.fairway;

import org.jspecify.annotations.NullMarked;
