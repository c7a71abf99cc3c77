package dev.fairway.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Digest;
import dev.fairway.model.Encoding;
import dev.fairway.model.KubernetesVersion;
import dev.fairway.model.Profile;
import dev.fairway.model.Symbol;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.release.ReleaseManifest.TemplateEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * {@code release.json} as a tree, both ways. Reading throws on anything that writing can't make.
 */
final class ReleaseJson {
  private ReleaseJson() {}

  static ObjectNode write(ReleaseManifest manifest) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("formatVersion", ReleaseManifest.FORMAT);
    json.put("kubernetesVersion", manifest.kubernetes().toString());
    manifest.files().forEach((path, digest) -> json.withObject("/files").put(path, digest.hex()));
    var components = json.putArray("components");
    manifest.components().forEach(component -> components.add(write(component)));
    var order = json.putArray("order");
    manifest.order().forEach(order::add);
    var profiles = json.putArray("profiles");
    manifest.profiles().forEach(profile -> profiles.add(write(profile)));
    var symbols = json.putArray("symbols");
    manifest.symbols().values().forEach(symbol -> symbols.add(write(symbol)));
    json.set("defunct", strings(manifest.defunct()));
    var slots = json.putArray("slots");
    manifest.slots().forEach(slot -> slots.add(write(slot)));
    var templates = json.putArray("templates");
    manifest.templates().forEach(template -> templates.add(write(template)));
    return json;
  }

  private static ObjectNode write(ComponentEntry component) {
    var json = JsonNodeFactory.instance.objectNode().put("name", component.name());
    component.enabledBy().ifPresent(symbol -> json.put("enabledBy", symbol));
    if (!component.needs().isEmpty()) {
      var needs = json.putArray("needs");
      component.needs().forEach(needs::add);
    }
    return json;
  }

  private static ObjectNode write(TemplateEntry template) {
    var json = JsonNodeFactory.instance.objectNode().put("name", template.name());
    template.nodeConfig().ifPresent(config -> json.put("nodeConfig", config));
    json.set("parameters", strings(template.parameters()));
    return json;
  }

  private static ObjectNode write(Profile profile) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", profile.name())
            .put("purpose", profile.purpose())
            .put("splitByZone", profile.splitByZone())
            .put("spot", profile.spot())
            .put("instanceStore", profile.instanceStore())
            .put("gpu", profile.gpu());
    var types = json.putArray("instanceTypes");
    profile.instanceTypes().forEach(types::add);
    json.set("labels", strings(profile.labels()));
    json.set("taints", strings(profile.taints()));
    return json;
  }

  private static ObjectNode write(Symbol symbol) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", symbol.name())
            .put("scope", symbol.scope().name())
            .put("description", symbol.description());
    json.set("type", SymbolTypeJson.write(symbol.type()));
    symbol.initial().ifPresent(value -> json.put("initial", value.inline()));
    return json;
  }

  private static ObjectNode write(Slot slot) {
    var json = JsonNodeFactory.instance.objectNode().put("file", slot.file());
    switch (slot.place()) {
      case Slot.Bytes(var start, var end) -> json.put("start", start).put("end", end);
      case Slot.Pointer(var pointer) -> json.put("pointer", pointer);
    }
    return json.put("symbol", slot.symbol()).put("encoding", slot.encoding().name());
  }

  private static ObjectNode strings(Map<String, String> map) {
    var json = JsonNodeFactory.instance.objectNode();
    map.forEach(json::put);
    return json;
  }

  static ReleaseManifest read(JsonNode json) {
    var format = json.required("formatVersion").asInt();
    if (format != ReleaseManifest.FORMAT) {
      throw new IllegalArgumentException(
          "format version " + format + "; this fairway reads " + ReleaseManifest.FORMAT);
    }
    SortedMap<String, Digest> files = new TreeMap<>();
    json.required("files")
        .properties()
        .forEach(file -> files.put(file.getKey(), new Digest(file.getValue().textValue())));
    SortedMap<String, Symbol> symbols = new TreeMap<>();
    list(json.required("symbols"), ReleaseJson::symbol)
        .forEach(symbol -> symbols.put(symbol.name(), symbol));
    return new ReleaseManifest(
        version(json.required("kubernetesVersion").textValue()),
        files,
        list(json.required("components"), ReleaseJson::component),
        list(json.required("order"), JsonNode::textValue),
        list(json.required("profiles"), ReleaseJson::profile),
        symbols,
        strings(json.required("defunct")),
        list(json.required("slots"), ReleaseJson::slot),
        list(json.required("templates"), ReleaseJson::template));
  }

  private static KubernetesVersion version(String text) {
    var parts = text.split("\\.", 3);
    return new KubernetesVersion(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static ComponentEntry component(JsonNode json) {
    return new ComponentEntry(text(json, "name"), optional(json, "enabledBy"), needs(json));
  }

  private static List<String> needs(JsonNode json) {
    return json.has("needs") ? list(json.required("needs"), JsonNode::textValue) : List.of();
  }

  private static TemplateEntry template(JsonNode json) {
    return new TemplateEntry(
        text(json, "name"), optional(json, "nodeConfig"), strings(json.required("parameters")));
  }

  private static Profile profile(JsonNode json) {
    return new Profile(
        text(json, "name"),
        text(json, "purpose"),
        json.required("splitByZone").booleanValue(),
        json.required("spot").booleanValue(),
        json.required("instanceStore").booleanValue(),
        json.required("gpu").booleanValue(),
        list(json.required("instanceTypes"), JsonNode::textValue),
        strings(json.required("labels")),
        strings(json.required("taints")));
  }

  private static Symbol symbol(JsonNode json) {
    var type = SymbolTypeJson.read(json.required("type"));
    return new Symbol(
        text(json, "name"),
        Symbol.Scope.valueOf(text(json, "scope")),
        type,
        text(json, "description"),
        optional(json, "initial").map(initial -> type.parse(initial).orElseThrow()));
  }

  private static Slot slot(JsonNode json) {
    var place =
        json.has("pointer")
            ? new Slot.Pointer(text(json, "pointer"))
            : new Slot.Bytes(json.required("start").intValue(), json.required("end").intValue());
    return new Slot(
        text(json, "file"), place, text(json, "symbol"), Encoding.valueOf(text(json, "encoding")));
  }

  private static String text(JsonNode json, String name) {
    return json.required(name).textValue();
  }

  private static Optional<String> optional(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).map(JsonNode::textValue);
  }

  private static SortedMap<String, String> strings(JsonNode json) {
    SortedMap<String, String> map = new TreeMap<>();
    json.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().textValue()));
    return map;
  }

  private static <T> List<T> list(JsonNode json, Function<JsonNode, T> item) {
    var items = new ArrayList<T>();
    json.forEach(node -> items.add(item.apply(node)));
    return items;
  }
}
