/**
 * The system components of a cluster, one file each: its settings, images, IAM role and Kubernetes
 * objects stand together. They are found by the service loader, so adding one touches one file.
 */
@NullMarked
package dev.fairway.platform.component;

import org.jspecify.annotations.NullMarked;
