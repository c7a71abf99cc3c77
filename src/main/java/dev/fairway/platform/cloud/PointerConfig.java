package dev.fairway.platform.cloud;

import dev.fairway.model.Facts;
import dev.fairway.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The user data of a node: an Ignition config that merges the full one by its URL and SHA-512, and
 * carries in one file what only CloudFormation knows. It stays far below EC2's 16 KiB, holds no
 * secret, and changes whenever the full config does, so that new nodes get a new launch template.
 */
public record PointerConfig(List<Entry> entries) {
  /** Where nodes find the entries, as {@code NAME=value} lines. */
  public static final String PATH = "/etc/fairway/stack.env";

  /** A line of the file. The value's characters need no escape in URLs, shells and JSON. */
  public record Entry(String name, Value value) {
    public Entry {
      if (!name.matches("[A-Z][A-Z0-9_]*")) {
        throw new IllegalArgumentException("not a variable's name: " + name);
      }
    }
  }

  public PointerConfig {
    entries = List.copyOf(entries);
  }

  /** The property {@code UserData} of a launch template, before its parameters are declared. */
  Value userData() {
    var parts = new ArrayList<Object>();
    // merge, not replace: replace would drop the file below
    parts.add("{\"ignition\":{\"version\":\"3.4.0\",\"config\":{\"merge\":[{\"source\":\"s3://");
    parts.addAll(List.of(Facts.ASSETS_BUCKET, "/", Facts.NODE_CONFIG_KEY));
    parts.add("\",\"verification\":{\"hash\":\"sha512-");
    parts.add(Facts.NODE_CONFIG_SHA512);
    parts.add("\"}}]}},\"storage\":{\"files\":[{\"path\":\"" + PATH + "\",\"mode\":420,");
    parts.add("\"contents\":{\"source\":\"data:,");
    for (var entry : entries) {
      parts.addAll(List.of(entry.name() + "%3D", entry.value(), "%0A"));
    }
    parts.add("\"}}]}}");
    return Value.join(parts.toArray());
  }

  static Map<String, Object> base64(Object text) {
    return Map.of("Fn::Base64", text);
  }
}
