package dev.fairway.source;

import dev.fairway.diagnostic.Span;

/**
 * What a record gives a setting.
 *
 * @param span of the key
 */
public record ConfigItem(String key, String value, Span span) {}
