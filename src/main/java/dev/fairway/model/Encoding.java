package dev.fairway.model;

/** How a symbol's value is written into the text around its slot. */
public enum Encoding {
  /** Within a double-quoted string of YAML or JSON. */
  STRING,
  /** In the place of a whole YAML or JSON value, quotes included. */
  VALUE,
  /** As one word of a shell script or environment file; the token stands outside quotes. */
  SHELL,
  /** Within a setting of a systemd unit. */
  SYSTEMD,
  /**
   * As it is, where the format is unknown: the value may hold letters, digits and {@code ._:/@,=+-}
   */
  PLAIN,
  /** As the value of a template's parameter. */
  PARAMETER
}
