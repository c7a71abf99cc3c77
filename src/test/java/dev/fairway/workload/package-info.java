@NullMarked
package dev.fairway.workload;

import org.jspecify.annotations.NullMarked;
