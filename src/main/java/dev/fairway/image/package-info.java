/** What registries have under the tags of images. */
@NullMarked
package dev.fairway.image;

import org.jspecify.annotations.NullMarked;
