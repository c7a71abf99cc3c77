/**
 * The AWS side of a cluster: for each template its facts, a plain record, and beside it the
 * construct that turns those facts into CloudFormation. Only classes named {@code *Stack} touch
 * jsii, so the facts can be declared and checked without Node.js.
 */
@NullMarked
package dev.fairway.platform.cloud;

import org.jspecify.annotations.NullMarked;
