package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The files of a folder of records, as text.
 *
 * @param what a record is, such as "cluster record"
 * @param many of them, such as "cluster records"
 * @param none for a folder without any
 */
record RecordFiles(String what, String many, Code none, Diagnostics.Collector found) {
  private static final String SUFFIX = ".yaml";
  private static final List<String> NEARLY = List.of(".yml", ".json", SUFFIX);

  /** In bytes. A record is a few thousand; what is larger is none, and is not read to find out. */
  private static final int LARGEST = 1 << 20;

  /** The folder's records in the order of their names. */
  List<SourceFile> in(Path folder) {
    return list(folder).stream().flatMap(path -> read(path).stream()).toList();
  }

  private List<Path> list(Path folder) {
    try (var paths = Files.list(folder)) {
      var entries = paths.filter(path -> !isHidden(path)).sorted().toList();
      if (entries.stream().noneMatch(RecordFiles::isLikeARecord)) {
        found.add(
            Diagnostic.at(
                Span.startOf(name(folder)),
                none,
                "%s holds no %s".formatted(name(folder), what),
                "name a folder that holds %s, one a file that ends in .yaml".formatted(many)));
      }
      return entries;
    } catch (IOException e) {
      found.add(unreadable(folder, e, "name a folder that holds %s, one a file".formatted(many)));
      return List.of();
    }
  }

  /** What begins with a dot belongs to an editor or to Git. */
  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private Optional<SourceFile> read(Path path) {
    if (Files.isDirectory(path)) {
      found.add(
          Diagnostic.at(
              Span.startOf(name(path)),
              Code.UNREADABLE_FILE,
              name(path) + " is a folder",
              "move what it holds one folder up: records are read from one folder"));
      return Optional.empty();
    }
    return isRecord(path) && isSound(path) ? text(path) : Optional.empty();
  }

  /** A record whose name hides it would be a cluster that nobody updates any more. */
  private boolean isRecord(Path path) {
    var name = name(path);
    if (!name.endsWith(SUFFIX) && isLikeARecord(path)) {
      found.add(
          Diagnostic.at(
              Span.startOf(name),
              Code.WRONG_FILE_NAME,
              name + " does not end in .yaml, so it is not read",
              "rename it so that it ends in .yaml"));
    }
    return name.endsWith(SUFFIX);
  }

  private static boolean isLikeARecord(Path path) {
    return NEARLY.stream().anyMatch(name(path).toLowerCase(Locale.ROOT)::endsWith);
  }

  /** A pipe would be waited for, for ever. What is not there at all, reading it will say. */
  private boolean isSound(Path path) {
    // What is judged is main, and there a link is a text of its own, which names a file.
    if (Files.isSymbolicLink(path) && Files.exists(path)) {
      return refuse(path, "is a symbolic link", "put the file itself in its place");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return refuse(path, "is no regular file", "move it out of the folder");
    }
    return !name(path).contains("\uFFFD")
        || refuse(
            path,
            "has a name that can't be read here",
            "rename it in ASCII, or set LC_ALL to a locale whose charset is UTF-8");
  }

  private boolean refuse(Path path, String reason, String remedy) {
    found.add(
        Diagnostic.at(
            Span.startOf(name(path)), Code.UNREADABLE_FILE, name(path) + " " + reason, remedy));
    return false;
  }

  private Optional<SourceFile> text(Path path) {
    try (var in = Files.newInputStream(path)) {
      var bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        refuse(path, "is larger than 1 MiB", "move it out of the folder: it is no " + what);
        return Optional.empty();
      }
      return decode(name(path), bytes);
    } catch (IOException e) {
      found.add(unreadable(path, e, "make it readable, or remove it"));
      return Optional.empty();
    }
  }

  private Optional<SourceFile> decode(String name, byte[] bytes) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var text = CharBuffer.allocate(bytes.length);
    var result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
    var read = text.flip().toString();
    if (result.isError()) {
      found.add(
          Diagnostic.at(
              endOf(name, read),
              Code.NOT_UTF_8,
              "a byte that is not UTF-8",
              "save the file in the encoding UTF-8"));
      return Optional.empty();
    }
    return Optional.of(new SourceFile(name, read));
  }

  private static Span endOf(String name, String text) {
    var line = (int) text.chars().filter(c -> c == '\n').count();
    var column =
        text.codePoints().count()
            - text.substring(0, text.lastIndexOf('\n') + 1).codePoints().count();
    return new Span(name, line + 1, (int) column + 1);
  }

  private static Diagnostic unreadable(Path path, IOException e, String remedy) {
    var reason =
        switch (e) {
          case NoSuchFileException _ -> "does not exist";
          case NotDirectoryException _ -> "is not a folder";
          case AccessDeniedException _ -> "may not be read";
          default -> "can't be read: " + e.getClass().getSimpleName();
        };
    return Diagnostic.at(
        Span.startOf(name(path)), Code.UNREADABLE_FILE, name(path) + " " + reason, remedy);
  }

  private static String name(Path path) {
    return path.toString().replace('\\', '/');
  }
}
