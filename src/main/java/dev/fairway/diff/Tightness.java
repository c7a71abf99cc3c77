package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/**
 * A field that lets more or less through by its value.
 *
 * @param pointer to it
 * @param values from the tightest on, with {@code <} between them and {@code =} between those of
 *     which none is known to be tighter
 * @param absent the one that the API server takes it for when it is left out
 */
record Tightness(String pointer, String values, String absent) {
  /** Whether the change may let more through; a value that nobody knows may be any of them. */
  boolean isLoosened(JsonNode was, JsonNode becomes) {
    var old = text(was.at(pointer));
    var fresh = text(becomes.at(pointer));
    if (old.equals(fresh) || ranks().getFirst().equals(fresh) || ranks().getLast().equals(old)) {
      return false;
    }
    return rank(old) < 0 || rank(fresh) < 0 || rank(fresh) >= rank(old);
  }

  /** Whether it has its loosest value, or one that nobody knows. */
  boolean isLoose(JsonNode object) {
    var rank = rank(text(object.at(pointer)));
    return rank < 0 || rank == ranks().size() - 1;
  }

  private String text(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? absent : value.asText();
  }

  private List<String> ranks() {
    return List.of(values.split("<", -1));
  }

  private int rank(String value) {
    var ranks = ranks();
    for (var rank = 0; rank < ranks.size(); rank++) {
      if (Arrays.asList(ranks.get(rank).split("=", -1)).contains(value)) {
        return rank;
      }
    }
    return -1;
  }
}
