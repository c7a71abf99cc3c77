package dev.fairway.channel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the last few answers: whoever goes through a chain of thousands asks for each a few
 * times.
 */
final class LastFew<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;
  private static final int KEPT = 8;

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > KEPT;
  }
}
