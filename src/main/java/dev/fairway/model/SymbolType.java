package dev.fairway.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The type of a symbol: what its values look like, as text in a cluster record and as a
 * CloudFormation parameter.
 */
public sealed interface SymbolType {

  /** What a person may write, for a diagnostic: {@code a whole number from 1 to 9}. */
  String expectation();

  /** The value that the text stands for, or empty when the text is not of this type. */
  Optional<SymbolValue> parse(String text);

  /** A regular expression that every value's {@link SymbolValue#inline()} matches as a whole. */
  String pattern();

  /** True when the value is of this type. */
  default boolean admits(SymbolValue value) {
    return parse(value.inline()).filter(value::equals).isPresent();
  }

  /**
   * Text that matches a pattern as a whole, on one line.
   *
   * @param cloudFormation the type of its parameter: {@code String}, or one that CloudFormation
   *     checks against the account, such as {@code AWS::EC2::VPC::Id}, which takes no empty value
   */
  record Text(String pattern, String expectation, String cloudFormation) implements SymbolType {
    public Text {
      var _ = Pattern.compile(pattern);
    }

    public Text(String pattern, String expectation) {
      this(pattern, expectation, "String");
    }

    boolean matches(String text) {
      return text.indexOf('\n') < 0 && Patterns.of(pattern).matcher(text).matches();
    }

    @Override
    public Optional<SymbolValue> parse(String text) {
      return matches(text) ? Optional.of(new SymbolValue.Text(text)) : Optional.empty();
    }
  }

  /** A whole number within bounds, both included. */
  record Whole(long min, long max) implements SymbolType {
    public Whole {
      if (min > max) {
        throw new IllegalArgumentException("min " + min + " is above max " + max);
      }
    }

    @Override
    public String expectation() {
      return "a whole number from " + min + " to " + max;
    }

    @Override
    public Optional<SymbolValue> parse(String text) {
      if (!Patterns.of("0|-?[1-9][0-9]{0,17}").matcher(text).matches()) {
        return Optional.empty();
      }
      var number = Long.parseLong(text);
      return number < min || number > max
          ? Optional.empty()
          : Optional.of(new SymbolValue.Whole(number));
    }

    @Override
    public String pattern() {
      return "-?[0-9]+";
    }
  }

  /** {@code true} or {@code false}, in lower case: "True" once opened a port to the world. */
  record Bool() implements SymbolType {
    @Override
    public String expectation() {
      return "true or false";
    }

    @Override
    public Optional<SymbolValue> parse(String text) {
      return switch (text) {
        case "true" -> Optional.of(new SymbolValue.Bool(true));
        case "false" -> Optional.of(new SymbolValue.Bool(false));
        default -> Optional.empty();
      };
    }

    @Override
    public String pattern() {
      return "true|false";
    }
  }

  /** One of a few words. */
  record Choice(List<String> words) implements SymbolType {
    public Choice {
      words = List.copyOf(words);
    }

    @Override
    public String expectation() {
      return "one of " + String.join(", ", words);
    }

    @Override
    public Optional<SymbolValue> parse(String text) {
      return words.contains(text) ? Optional.of(new SymbolValue.Text(text)) : Optional.empty();
    }

    @Override
    public String pattern() {
      return String.join("|", words.stream().map(Choice::quoted).toList());
    }

    private static String quoted(String word) {
      return word.replace(".", "\\.");
    }
  }

  /** A list of texts, written with commas between. */
  record TextList(Text element) implements SymbolType {
    @Override
    public String expectation() {
      return "a list, separated by commas, of " + element.expectation();
    }

    @Override
    public Optional<SymbolValue> parse(String text) {
      var items = text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1));
      return items.stream().allMatch(element::matches)
          ? Optional.of(new SymbolValue.TextList(items))
          : Optional.empty();
    }

    @Override
    public String pattern() {
      return "(" + element.pattern() + "(," + element.pattern() + ")*)?";
    }
  }

  /** A map of texts, written {@code key=value} with commas between. */
  record TextMap(Text key, Text value) implements SymbolType {
    @Override
    public String expectation() {
      return "pairs key=value, separated by commas; a key is "
          + key.expectation()
          + ", a value is "
          + value.expectation();
    }

    @Override
    public Optional<SymbolValue> parse(String text) {
      var pairs = text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1));
      SortedMap<String, String> entries = new TreeMap<>();
      for (var pair : pairs) {
        var parts = new ArrayList<>(List.of(pair.split("=", 2)));
        if (parts.size() != 2
            || !key.matches(parts.getFirst())
            || !value.matches(parts.getLast())) {
          return Optional.empty();
        }
        if (entries.put(parts.getFirst(), parts.getLast()) != null) {
          return Optional.empty();
        }
      }
      return Optional.of(new SymbolValue.TextMap(entries));
    }

    @Override
    public String pattern() {
      var pair = "(" + key.pattern() + ")=(" + value.pattern() + ")";
      return "(" + pair + "(," + pair + ")*)?";
    }
  }

  /** Taints, written {@code key=value:effect} with commas between. */
  record Taints() implements SymbolType {
    @Override
    public String expectation() {
      return "taints key=value:effect, separated by commas";
    }

    @Override
    public Optional<SymbolValue> parse(String text) {
      var items = text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1));
      var taints = items.stream().map(Taint::parse).flatMap(Optional::stream).toList();
      return taints.size() == items.size()
          ? Optional.of(new SymbolValue.Taints(taints))
          : Optional.empty();
    }

    @Override
    public String pattern() {
      return "([^,]+(,[^,]+)*)?";
    }
  }
}
