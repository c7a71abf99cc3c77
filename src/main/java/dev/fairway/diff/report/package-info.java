/**
 * A comparison for people and programs: text, Markdown, JSON and a page; none says what others do
 * not.
 */
@NullMarked
package dev.fairway.diff.report;

import org.jspecify.annotations.NullMarked;
