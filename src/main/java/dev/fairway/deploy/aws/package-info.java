@org.jspecify.annotations.NullMarked
package dev.fairway.deploy.aws;
