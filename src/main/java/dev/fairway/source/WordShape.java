package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.DidYouMean;
import java.util.Map;
import java.util.Optional;

/** One of a few words, each of which stands for a value. */
record WordShape<T>(Map<String, T> words) implements Shape<T> {

  @Override
  public Optional<T> read(Item item) {
    return item.text("write " + choice()).flatMap(word -> meaning(item, word));
  }

  private Optional<T> meaning(Item item, String word) {
    var meaning = words.get(word);
    return meaning != null
        ? Optional.of(meaning)
        : item.reject(
            Code.UNKNOWN_VALUE,
            "%s is \"%s\", which is not %s".formatted(item.name(), Shown.of(word), choice()),
            DidYouMean.remedy(word, words.keySet()));
  }

  private String choice() {
    if (words.isEmpty()) {
      return "one that there is, for there is none";
    }
    return words.size() == 1
        ? words.keySet().iterator().next()
        : "one of " + String.join(", ", words.keySet());
  }
}
