/**
 * What the tests on real engines showed, as one page that a person can read: {@code
 * target/e2e/report.html}.
 *
 * <p>A test class says by {@link dev.fairway.e2e.report.Item} what it is about, and its methods
 * take an {@link dev.fairway.e2e.report.Evidence} to hand in what they saw.
 */
@NullMarked
package dev.fairway.e2e.report;

import org.jspecify.annotations.NullMarked;
