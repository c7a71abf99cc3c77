package dev.fairway.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.SymbolType;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Choice;
import dev.fairway.model.SymbolType.Taints;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.model.SymbolType.TextList;
import dev.fairway.model.SymbolType.TextMap;
import dev.fairway.model.SymbolType.Whole;
import java.util.ArrayList;

/** A symbol's type as a tree, both ways. */
final class SymbolTypeJson {
  private SymbolTypeJson() {}

  static ObjectNode write(SymbolType type) {
    var json = JsonNodeFactory.instance.objectNode();
    switch (type) {
      case Text(var pattern, var expectation, var cloudFormation) ->
          json.put("is", "text")
              .put("pattern", pattern)
              .put("expectation", expectation)
              .put("cloudFormation", cloudFormation);
      case Whole(var min, var max) -> json.put("is", "whole").put("min", min).put("max", max);
      case Bool() -> json.put("is", "bool");
      case Choice(var words) -> {
        var array = json.put("is", "choice").putArray("words");
        words.forEach(array::add);
      }
      case TextList(var element) -> json.put("is", "list").set("element", write(element));
      case TextMap(var key, var value) ->
          json.put("is", "map").<ObjectNode>set("key", write(key)).set("value", write(value));
      case Taints() -> json.put("is", "taints");
    }
    return json;
  }

  static SymbolType read(JsonNode json) {
    return switch (json.required("is").textValue()) {
      case "text" -> text(json);
      case "whole" -> new Whole(json.required("min").longValue(), json.required("max").longValue());
      case "bool" -> new Bool();
      case "choice" -> {
        var words = new ArrayList<String>();
        json.required("words").forEach(word -> words.add(word.textValue()));
        yield new Choice(words);
      }
      case "list" -> new TextList(text(json.required("element")));
      case "map" -> new TextMap(text(json.required("key")), text(json.required("value")));
      case "taints" -> new Taints();
      case String other -> throw new IllegalArgumentException("no type of symbols: " + other);
    };
  }

  private static Text text(JsonNode json) {
    return new Text(
        json.required("pattern").textValue(),
        json.required("expectation").textValue(),
        json.required("cloudFormation").textValue());
  }
}
