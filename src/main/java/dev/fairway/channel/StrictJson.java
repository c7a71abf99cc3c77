package dev.fairway.channel;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.release.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** JSON of which every byte is accounted for: what is signed can be read in one way only. */
record StrictJson(JsonNode tree, String where) {

  /**
   * Reads a document in the canonical form. So it has no key twice, nothing after its end, and no
   * number that reads as another one.
   */
  static StrictJson read(String text, String where) throws MalformedEvidenceException {
    try {
      var tree = CanonicalJson.TREES.readTree(text);
      if (!tree.isObject()) {
        throw new MalformedEvidenceException(where + " is not a JSON object");
      }
      if (!CanonicalJson.text(tree).equals(text)) {
        throw new MalformedEvidenceException(where + " is not JSON in its canonical form");
      }
      return new StrictJson(tree, where);
    } catch (JacksonException _) {
      throw new MalformedEvidenceException(where + " is not JSON in its canonical form");
    }
  }

  /** Exactly these members. */
  StrictJson of(String... names) throws MalformedEvidenceException {
    var found = new TreeSet<String>();
    tree.fieldNames().forEachRemaining(found::add);
    var wanted = new TreeSet<>(List.of(names));
    if (!tree.isObject() || !found.equals(wanted)) {
      throw new MalformedEvidenceException("%s holds %s, not %s".formatted(where, found, wanted));
    }
    return this;
  }

  StrictJson get(String name) throws MalformedEvidenceException {
    var member = tree.get(name);
    if (member == null) {
      throw new MalformedEvidenceException("%s has no %s".formatted(where, name));
    }
    return new StrictJson(member, name);
  }

  String text(String name) throws MalformedEvidenceException {
    var member = get(name).tree;
    if (!member.isTextual()) {
      throw new MalformedEvidenceException("%s of %s is not text".formatted(name, where));
    }
    return member.asText();
  }

  void expect(String name, String value) throws MalformedEvidenceException {
    var text = text(name);
    if (!text.equals(value)) {
      throw new MalformedEvidenceException(
          "%s of %s is '%s', not '%s'".formatted(name, where, text, value));
    }
  }

  List<StrictJson> items(String name) throws MalformedEvidenceException {
    var items = new ArrayList<StrictJson>();
    if (!get(name).tree.isArray()) {
      throw new MalformedEvidenceException("%s of %s is not a list".formatted(name, where));
    }
    get(name).tree.forEach(item -> items.add(new StrictJson(item, name)));
    return items;
  }
}
