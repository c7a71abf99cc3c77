/**
 * What every step of a deploy is given beside its work: a time limit, and somebody to tell. Neither
 * the AWS side nor the Kubernetes side knows the other; both know this.
 */
@NullMarked
package dev.fairway.deploy.run;

import org.jspecify.annotations.NullMarked;
