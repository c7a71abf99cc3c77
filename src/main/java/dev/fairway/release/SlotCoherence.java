package dev.fairway.release;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.model.Encoding;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.release.Coherence.Finding;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.release.ReleaseManifest.TemplateEntry;
import dev.fairway.release.Slot.Bytes;
import dev.fairway.release.Slot.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether the slots of a release are where its tokens are, all of them and no others. */
final class SlotCoherence {
  private static final char OPENING = '⟦';
  private static final String INLINE = "inline";
  private static final String WHEN = "when";
  private static final Pattern CONDITIONAL = Pattern.compile("/storage/files/[1-9][0-9]*");

  private final Release release;
  private final List<Finding> findings = new ArrayList<>();

  private SlotCoherence(Release release) {
    this.release = release;
  }

  /** All that is wrong with the slots. */
  static List<Finding> findings(Release release) {
    var coherence = new SlotCoherence(release);
    var manifest = release.manifest();
    coherence.symbols();
    var slots =
        manifest.slots().stream()
            .collect(Collectors.groupingBy(Slot::file, TreeMap::new, Collectors.toList()));
    var components = new TreeMap<String, List<Slot>>();
    manifest.components().stream()
        .map(ComponentEntry::file)
        .distinct()
        .forEach(file -> components.put(file, taken(slots, file)));
    // By several threads: parsing is most of what reading a release takes.
    components.entrySet().parallelStream()
        .map(entry -> {
          var ofOne = new SlotCoherence(release);
          ofOne.manifest(entry.getKey(), entry.getValue());
          return ofOne.findings;
        })
        .forEachOrdered(coherence.findings::addAll);
    var nodes =
        manifest.templates().stream()
            .map(TemplateEntry::nodeConfig)
            .flatMap(config -> config.map(ReleaseManifest::nodeFile).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    nodes.forEach(node -> coherence.node(node, taken(slots, node)));
    slots
        .keySet()
        .forEach(file -> coherence.found(file, "it has slots, and is no file with slots"));
    return coherence.findings;
  }

  private static List<Slot> taken(SortedMap<String, List<Slot>> slots, String file) {
    var taken = slots.remove(file);
    return taken == null ? List.of() : taken;
  }

  private void symbols() {
    release.manifest().slots().stream()
        .filter(slot -> !release.manifest().symbols().containsKey(slot.symbol()))
        .forEach(slot ->
            found(
                slot.file(),
                "a slot takes %s, which is no symbol of the release".formatted(slot.symbol())));
  }

  /**
   * The slots are those that compiling finds in the very bytes, which tells their encodings too.
   */
  private void manifest(String file, List<Slot> slots) {
    var bytes = release.files().get(file);
    if (bytes == null) {
      return;
    }
    List<Slot> found;
    try {
      found = release.read(file).slots();
    } catch (IllegalArgumentException e) {
      found(file, "it is no manifest: " + e.getMessage());
      return;
    }
    if (!found.equals(slots)) {
      difference(file, found, slots);
    } else if (openings(new String(bytes, StandardCharsets.UTF_8)) != slots.size()) {
      found(file, "a token is outside of all slots");
    }
  }

  private void difference(String file, List<Slot> tokens, List<Slot> slots) {
    var unlisted = new ArrayList<>(tokens);
    unlisted.removeAll(slots);
    unlisted.forEach(slot -> found(file, "no slot is listed for the token at " + shown(slot)));
    var excess = new ArrayList<>(slots);
    excess.removeAll(tokens);
    excess.forEach(slot -> found(file, "no token is at the slot " + shown(slot)));
    if (unlisted.isEmpty() && excess.isEmpty()) {
      found(file, "its slots are not in the order of its bytes, each once");
    }
  }

  private static String shown(Slot slot) {
    var place =
        switch (slot.place()) {
          case Bytes(var start, var end) -> start + "-" + end;
          case Pointer(var pointer) -> pointer;
        };
    return "%s of %s, as %s".formatted(place, slot.symbol(), slot.encoding());
  }

  private static long openings(String text) {
    return text.chars().filter(character -> character == OPENING).count();
  }

  /** How a token is encoded depends on the file that it is in: only the compiler knows. */
  private void node(String file, List<Slot> slots) {
    var bytes = release.files().get(file);
    if (bytes == null) {
      return;
    }
    var json = Coherence.tree(bytes).filter(JsonNode::isObject);
    if (json.isEmpty()) {
      found(file, "it is no JSON object");
      return;
    }
    Map<String, List<Slot>> byPointer = new LinkedHashMap<>();
    for (var slot : slots) {
      if (slot.place() instanceof Pointer(var pointer)) {
        byPointer.computeIfAbsent(pointer, _ -> new ArrayList<>()).add(slot);
      } else {
        found(file, "no token is at the slot " + shown(slot));
      }
    }
    walk(file, json.get(), "", byPointer);
    byPointer
        .values()
        .forEach(left -> found(file, "no token is at the slot " + shown(left.getFirst())));
  }

  private void walk(String file, JsonNode json, String pointer, Map<String, List<Slot>> slots) {
    for (var entry : json.properties()) {
      if (entry.getKey().indexOf(OPENING) >= 0) {
        found(file, pointer + " has a key with a token, which nothing would replace");
      }
      if (entry.getKey().equals(INLINE) && !entry.getValue().isTextual()) {
        found(file, pointer + "/inline is no text");
      }
      if (entry.getKey().equals(WHEN)) {
        condition(file, entry.getValue(), pointer);
      }
      walk(file, entry.getValue(), pointer + "/" + entry.getKey(), slots);
    }
    for (var index = 0; json.isArray() && index < json.size(); index++) {
      walk(file, json.required(index), pointer + "/" + index, slots);
    }
    if (json.isTextual()) {
      var listed = slots.remove(pointer);
      text(file, json.textValue(), pointer, listed == null ? List.of() : listed);
    }
  }

  /** A file of a node but the first may depend on a setting that is true or false. */
  private void condition(String file, JsonNode when, String pointer) {
    if (!CONDITIONAL.matcher(pointer).matches()) {
      found(file, pointer + " has a condition, and is no file of a node with one before it");
    }
    if (!when.path("is").isBoolean() || !when.path("symbol").isTextual()) {
      found(file, pointer + "/when is not a symbol and a truth");
      return;
    }
    var name = when.path("symbol").textValue();
    var symbol = release.manifest().symbols().get(name);
    if (symbol == null || !symbol.type().equals(new SymbolType.Bool())) {
      found(file, "%s/when takes %s, which is neither true nor false".formatted(pointer, name));
    }
  }

  private void text(String file, String text, String pointer, List<Slot> slots) {
    var tokens = Symbol.tokens(text);
    var number = 0;
    while (tokens.find()) {
      var whole = !tokens.group(1).isEmpty();
      if (number == slots.size()
          || !slots.get(number).symbol().equals(tokens.group(2))
          || !fits(slots.get(number).encoding(), whole)
          || (whole && !quoted(text, tokens.start(), tokens.end()))) {
        found(file, "%s: the token %s and its slot differ".formatted(pointer, tokens.group()));
        return;
      }
      number++;
    }
    if (number < slots.size()) {
      found(file, "no token is at the slot " + shown(slots.get(number)));
    } else if (openings(text) != number) {
      found(file, pointer + ": a token is outside of all slots");
    }
  }

  private static boolean fits(Encoding encoding, boolean whole) {
    return encoding != Encoding.PARAMETER && (encoding == Encoding.VALUE) == whole;
  }

  private static boolean quoted(String text, int start, int end) {
    return text.startsWith("\"", start - 1) && text.startsWith("\"", end);
  }

  private void found(String file, String message) {
    findings.add(new Finding(file, message));
  }
}
