/**
 * What Fairway emits, on the real engines: the programs of Kubernetes and engines of CloudFormation
 * that {@code tools/engines} installs. Tests that start one are tagged {@code e2e}.
 */
@NullMarked
package dev.fairway.e2e;

import org.jspecify.annotations.NullMarked;
