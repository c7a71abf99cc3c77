/**
 * The rules over the whole model, one class each: a rule sees the AWS side, the node configs and
 * the Kubernetes objects at once. Rules are found by the service loader.
 */
@NullMarked
package dev.fairway.check;

import org.jspecify.annotations.NullMarked;
