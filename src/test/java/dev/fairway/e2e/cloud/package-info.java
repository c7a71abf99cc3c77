/**
 * What an engine's own API says of what CloudFormation made there, compared with what the templates
 * say: an engine that passes over a property reports the stack as complete all the same.
 */
@NullMarked
package dev.fairway.e2e.cloud;

import org.jspecify.annotations.NullMarked;
