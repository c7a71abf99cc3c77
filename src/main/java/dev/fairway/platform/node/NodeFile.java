package dev.fairway.platform.node;

import dev.fairway.model.Encoding;

/**
 * A file on a node.
 *
 * @param mode such as 0644
 * @param content with tokens, which the linker writes with the escaping of the format
 */
public record NodeFile(String path, int mode, Format format, String content) {

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

  public NodeFile {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
  }
}
