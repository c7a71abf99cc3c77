/**
 * What Fairway has to say about its input: values with a code, a place and a remedy, gathered in a
 * fixed order. One view of them feeds the text, the JSON and the GitHub annotations.
 */
@NullMarked
package dev.fairway.diagnostic;

import org.jspecify.annotations.NullMarked;
