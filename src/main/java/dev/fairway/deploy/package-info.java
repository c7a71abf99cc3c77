/**
 * What was linked, brought to a running cluster: stacks by the {@code cdk} CLI, manifests by
 * server-side apply, and a wait until both are healthy. Re-entrant: whatever was done before a
 * process was killed is found done by the next.
 */
@NullMarked
package dev.fairway.deploy;

import org.jspecify.annotations.NullMarked;
