package dev.fairway.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A typed name whose value is known only when a release is linked. A symbol named {@code
 * setting.<key>} is a setting: clusters override it by the config item {@code <key>}, and its
 * {@code initial} value holds where they do not.
 *
 * <p>In a template a symbol is the parameter {@link #parameter()}; in a manifest or a node config
 * it is the text {@link #token()}, within a string or in the place of a whole value.
 *
 * @param name two or more words of lower-case letters, digits and underscores, with dots between
 * @param scope what the value belongs to
 * @param description one sentence for people, which becomes the parameter's description
 * @param initial the value where a cluster sets none; only settings have one
 */
public record Symbol(
    String name, Scope scope, SymbolType type, String description, Optional<SymbolValue> initial) {

  /** What a symbol's value belongs to, from wide to narrow. */
  public enum Scope {
    /** One value for all of a cluster. */
    CLUSTER,
    /** One value for all of a node pool. */
    POOL,
    /** One value for a stack: a pool that is split by zone has several. */
    STACK
  }

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");
  private static final String SETTING = "setting.";

  /** Brackets that no shell, YAML, JSON or systemd file uses, so that no token comes by chance. */
  private static final Pattern TOKEN = Pattern.compile("⟦(=?)([^⟦⟧=]*)⟧");

  public Symbol {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a symbol's name: " + name);
    }
    if (initial.isPresent() && !type.admits(initial.get())) {
      throw new IllegalArgumentException(
          name + ": the initial value " + initial.get().inline() + " is not " + type.expectation());
    }
    if (initial.isPresent() && !name.startsWith(SETTING)) {
      throw new IllegalArgumentException(name + ": only a setting has an initial value");
    }
  }

  /** A fact of the cluster record, or one derived from it. */
  public static Symbol fact(String name, Scope scope, SymbolType type, String description) {
    return new Symbol(name, scope, type, description, Optional.empty());
  }

  /** A setting that holds {@code initial} until a cluster's config item says otherwise. */
  public static Symbol setting(String key, SymbolType type, String initial, String description) {
    return setting(Scope.CLUSTER, key, type, initial, description);
  }

  /** A setting that a pool's config items may override too. */
  public static Symbol poolSetting(
      String key, SymbolType type, String initial, String description) {
    return setting(Scope.POOL, key, type, initial, description);
  }

  /** A setting without a value of its own: every cluster must give one. */
  public static Symbol requiredSetting(String key, SymbolType type, String description) {
    return new Symbol(SETTING + key, Scope.CLUSTER, type, description, Optional.empty());
  }

  private static Symbol setting(
      Scope scope, String key, SymbolType type, String initial, String description) {
    var value =
        type.parse(initial)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    key + ": " + initial + " is not " + type.expectation()));
    return new Symbol(SETTING + key, scope, type, description, Optional.of(value));
  }

  public boolean isSetting() {
    return name.startsWith(SETTING);
  }

  /** The config item that overrides this setting. */
  public String key() {
    if (!isSetting()) {
      throw new IllegalStateException(name + " is not a setting");
    }
    return name.substring(SETTING.length());
  }

  /** The parameter's name in templates: {@code cluster.local_id} is {@code ClusterLocalId}. */
  public String parameter() {
    return Arrays.stream(name.split("[._]"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** The text that stands for the value within a string of a manifest or node config. */
  public String token() {
    return "⟦" + name + "⟧";
  }

  /**
   * The text that stands, as a whole string, for a value that is no string: a number, a truth, a
   * list or a map. In YAML and JSON the linker replaces it together with its quotes.
   */
  public String whole() {
    return "⟦=" + name + "⟧";
  }

  /** The tokens of a text; group 1 is {@code =} for a whole value, group 2 the symbol's name. */
  public static Matcher tokens(CharSequence text) {
    return TOKEN.matcher(text);
  }
}
