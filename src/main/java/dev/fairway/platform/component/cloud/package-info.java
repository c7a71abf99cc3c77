/** What Kubernetes knows of AWS. */
@NullMarked
package dev.fairway.platform.component.cloud;

import org.jspecify.annotations.NullMarked;
