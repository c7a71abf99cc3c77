package dev.fairway.platform.node;

import dev.fairway.platform.node.NodeFile.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files that stand beside this package's classes: they reach a node as they are. */
final class Resources {
  /** On Flatcar /usr is read-only and /opt belongs to the machine's owner. */
  private static final String SCRIPTS = "/opt/fairway/";

  private Resources() {}

  /** A script, by its name; it is called by this path. */
  static NodeFile script(String name) {
    return new NodeFile(SCRIPTS + name, 0755, Format.SHELL, text("scripts/" + name));
  }

  /** A unit that starts with the machine. */
  static Unit enabled(String name) {
    return Unit.enabled(name, unit(name));
  }

  /** A unit that another one asks for. */
  static Unit started(String name) {
    return Unit.started(name, unit(name));
  }

  /** A systemd unit's text. */
  static String unit(String name) {
    return text("units/" + name);
  }

  /** A configuration file that is the same on every node. */
  static NodeFile file(String path, Format format, String name) {
    return new NodeFile(path, 0644, format, text("files/" + name));
  }

  private static String text(String path) {
    try (var stream = Resources.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
