/**
 * What holds for the workloads of applications: what they get when they say nothing, what is
 * changed on their way into the cluster, and what is refused. Webhooks are needed for none of it.
 */
@NullMarked
package dev.fairway.platform.component.policy;

import org.jspecify.annotations.NullMarked;
