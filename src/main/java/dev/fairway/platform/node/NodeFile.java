package dev.fairway.platform.node;

import dev.fairway.model.Encoding;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import java.util.Optional;

/**
 * A file on a node.
 *
 * @param mode such as 0644
 * @param content with tokens, which the linker writes with the escaping of the format
 * @param condition on which the file is there at all; without one it always is
 */
public record NodeFile(
    String path, int mode, Format format, String content, Optional<Condition> condition) {

  /** What a file is written in, and so how a value is escaped in it. */
  public enum Format {
    YAML(Encoding.STRING),
    JSON(Encoding.STRING),
    /** Scripts, and files of {@code NAME=value} lines. */
    SHELL(Encoding.SHELL),
    SYSTEMD(Encoding.SYSTEMD),
    TEXT(Encoding.PLAIN);

    private final Encoding encoding;

    Format(Encoding encoding) {
      this.encoding = encoding;
    }

    public Encoding encoding() {
      return encoding;
    }
  }

  /** A setting of type {@code Bool}, and which of its two values it must have. */
  public record Condition(Symbol symbol, boolean is) {
    public Condition {
      if (!symbol.type().equals(new Bool())) {
        throw new IllegalArgumentException(symbol.name() + " is neither true nor false");
      }
    }

    boolean isOppositeOf(Condition other) {
      return symbol.equals(other.symbol) && is != other.is;
    }
  }

  public NodeFile {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
  }

  /** A file of every node of its kind. */
  public NodeFile(String path, int mode, Format format, String content) {
    this(path, mode, format, content, Optional.empty());
  }

  /** The same file, only where the setting is true. */
  NodeFile when(Symbol setting) {
    return on(new Condition(setting, true));
  }

  /** The same file, only where the setting is false. */
  NodeFile unless(Symbol setting) {
    return on(new Condition(setting, false));
  }

  private NodeFile on(Condition given) {
    return new NodeFile(path, mode, format, content, Optional.of(given));
  }

  /** Two files may have one path if no node ever gets both. */
  boolean excludes(NodeFile other) {
    return condition.flatMap(mine -> other.condition.map(mine::isOppositeOf)).orElse(false);
  }
}
