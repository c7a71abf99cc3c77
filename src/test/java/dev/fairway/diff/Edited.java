package dev.fairway.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.Compiled;
import dev.fairway.model.Digest;
import dev.fairway.model.Symbol;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A release with some of its files changed, as another compilation would have made it. */
public final class Edited {
  private final SortedMap<String, byte[]> files;
  private final SortedMap<String, Symbol> symbols;
  private final SortedMap<String, String> defunct;
  private final ReleaseManifest manifest;
  private List<Slot> slots;

  private Edited(Release release) {
    this.manifest = release.manifest();
    this.files = new TreeMap<>(release.files());
    this.symbols = new TreeMap<>(manifest.symbols());
    this.defunct = new TreeMap<>(manifest.defunct());
    this.slots = manifest.slots();
  }

  public static Edited compiled() {
    return new Edited(Compiled.release());
  }

  /** The compiled release with one word in each file that is another. */
  public static Release everywhere() {
    return compiled()
        .replaceAll("nodes/", "true", "false")
        .replaceAll("manifests/", "fairway", "Fairway")
        .replaceAll("templates/", "Description\": \"", "Description\": \"Not ")
        .release();
  }

  public static Edited of(Release release) {
    return new Edited(release);
  }

  /** In the place where it first stands. */
  public Edited replace(String file, String old, String fresh) {
    var text = text(file);
    var at = text.indexOf(old);
    if (at < 0) {
      throw new AssertionError(file + " has no " + old);
    }
    var start = text.substring(0, at).getBytes(UTF_8).length;
    var shift = fresh.getBytes(UTF_8).length - old.getBytes(UTF_8).length;
    slots = slots.stream().map(slot -> shifted(slot, file, start, shift)).toList();
    return put(file, text.substring(0, at) + fresh + text.substring(at + old.length()));
  }

  private static Slot shifted(Slot slot, String file, int after, int shift) {
    return slot.file().equals(file)
            && slot.place() instanceof Slot.Bytes(var start, var end)
            && start > after
        ? new Slot(file, new Slot.Bytes(start + shift, end + shift), slot.symbol(), slot.encoding())
        : slot;
  }

  /** In every file whose path begins so. */
  public Edited replaceAll(String prefix, String old, String fresh) {
    for (var file : List.copyOf(files.keySet())) {
      if (file.startsWith(prefix) && text(file).contains(old)) {
        replace(file, old, fresh);
      }
    }
    return this;
  }

  public Edited put(String file, String text) {
    files.put(file, text.getBytes(UTF_8));
    return this;
  }

  public Edited symbol(Symbol symbol) {
    symbols.put(symbol.name(), symbol);
    return this;
  }

  /** A switch that no cluster sets is off. */
  public Edited off(String setting) {
    var on = Objects.requireNonNull(symbols.get("setting." + setting));
    return symbol(
        new Symbol(on.name(), on.scope(), on.type(), on.description(), on.type().parse("false")));
  }

  public Edited withoutSymbol(String name) {
    symbols.remove(name);
    return this;
  }

  /** What was a symbol is a text now, where the node configs first have it. */
  public Edited fill(String symbol, String value) {
    for (var file : List.copyOf(files.keySet())) {
      slots.stream()
          .filter(slot -> slot.file().equals(file) && slot.symbol().equals(symbol))
          .filter(slot -> slot.place() instanceof Slot.Pointer)
          .findFirst()
          .ifPresent(slot -> fill(slot, value));
    }
    return this;
  }

  private void fill(Slot slot, String value) {
    try {
      var tree = CanonicalJson.TREES.readTree(text(slot.file()));
      var pointer = JsonPointer.compile(((Slot.Pointer) slot.place()).pointer());
      var parent = (ObjectNode) tree.at(pointer.head());
      var name = pointer.last().getMatchingProperty();
      parent.put(name, parent.path(name).asText().replaceFirst("⟦" + slot.symbol() + "⟧", value));
      put(slot.file(), CanonicalJson.text(tree));
      // One that stands twice in a text has two slots that are equal.
      slots = new ArrayList<>(slots);
      slots.remove(slot);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String text(String file) {
    return new String(files.get(file), UTF_8);
  }

  public Release release() {
    var digests = new TreeMap<String, Digest>();
    files.forEach((path, bytes) -> digests.put(path, Digest.of(bytes)));
    return new Release(
        new ReleaseManifest(
            manifest.kubernetes(),
            digests,
            manifest.components(),
            manifest.order(),
            manifest.profiles(),
            symbols,
            defunct,
            slots,
            manifest.templates()),
        files);
  }
}
