/**
 * The AWS side of deploying one cluster: stacks by the {@code cdk} CLI and what CloudFormation
 * itself says of them, secrets that wait for a version, and the Auto Scaling groups behind the
 * pools. It tells failures of ours from those of the credentials and of AWS's patience.
 */
@NullMarked
package dev.fairway.deploy.aws;

import org.jspecify.annotations.NullMarked;
