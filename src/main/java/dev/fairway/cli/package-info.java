/**
 * The command line: one file per command, which reads its arguments, calls what does the work and
 * renders the outcome. The only package that knows picocli, the environment, the clock and standard
 * output.
 */
@NullMarked
package dev.fairway.cli;

import org.jspecify.annotations.NullMarked;
