/**
 * What a cluster is: the whole declaration, put together from the AWS side, the node configs and
 * the components. Evaluating it starts no Node.js and gives the same at every call.
 */
@NullMarked
package dev.fairway.platform;

import org.jspecify.annotations.NullMarked;
