/**
 * The Kubernetes side of a deploy: what the API server of one cluster is asked and told. Objects
 * travel as JSON trees, exactly as the release has them: a typed object would drop what its class
 * does not know, and strict validation is the server's to judge.
 */
@NullMarked
package dev.fairway.deploy.kubernetes;

import org.jspecify.annotations.NullMarked;
