package dev.fairway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fairway.source.Policies;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Documents say what is there. What code can't hold them to is kept out of them. */
class DocumentsTest {
  private static final Path README = Path.of("README.md");
  private static final Path DOCS = Path.of("docs");
  private static final Path PACKAGES = Path.of("src/main/java/dev/fairway");

  private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]`]+]\\(([^)\\s]+)\\)");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```[^\n]*\n(.*?)^```");
  private static final Pattern INLINE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)(?:^ *|&& )(?:\\./)?fairway ([^\n#&|]+)");
  private static final Pattern TOLD = Pattern.compile(": fairway ([^|;]+)\\|");
  private static final Pattern MAP_LINE = Pattern.compile("( *)([\\w/.]+/) {2,}\\S.*");
  private static final Pattern POLICY_KEY = Pattern.compile("(?m)^ *(?:- )?([a-z_]+):");
  private static final Pattern RECORD_KEY = Pattern.compile("(?m)^(?: {2}- | {4})?([a-z_]+):");

  @Test
  void theReadmeIsShort() {
    assertThat(read(README).lines().count()).isLessThan(150);
  }

  @TestFactory
  Stream<DynamicTest> everyRelativeLinkLeadsSomewhere() {
    return documents(page -> {
      for (var target : found(LINK, withoutCode(read(page)))) {
        var link = URI.create(target);
        if (link.getScheme() == null && !link.getPath().isEmpty()) {
          assertThat(page.resolveSibling(link.getPath())).as("linked from %s", page).exists();
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> everyCommandThatIsNamedExistsWithItsOptions() {
    return documents(page -> {
      for (var line : commandLines(read(page))) {
        assertThat(problem(line)).as("'fairway %s' in %s", line, page).isEmpty();
      }
    });
  }

  /** What somebody is told to type is complete: nothing that is required is left out. */
  @Test
  void whatRefusalsTellToTypeCanBeTyped() {
    var lines = found(TOLD, read(DOCS.resolve("operations/refusals.md")));

    assertThat(lines).isNotEmpty();
    for (var line : lines) {
      assertThatCode(() -> Main.commandLine(nowhere(), nowhere()).parseArgs(line.trim().split(" ")))
          .as("fairway %s", line)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void theMapOfTheHouseNamesEveryPackageAndNoOther() {
    var named = mapOfTheHouse();

    assertThat(named).allSatisfy(path -> assertThat(path).isDirectory());
    assertThat(named.stream().filter(path -> path.startsWith(PACKAGES)))
        .containsExactlyInAnyOrderElementsOf(packages());
  }

  @Test
  void theTablesOfARecordNameEveryKeyAndNoOther() {
    var keys = new TreeSet<String>();
    files(Path.of("clusters"), ".yaml").forEach(file -> keys.addAll(found(RECORD_KEY, read(file))));

    assertThat(keysOfTables(read(DOCS.resolve("operations/clusters.md"))))
        .containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void theTablesOfAPolicyNameEveryKeyAndNoOther() {
    var keys = new TreeSet<String>();
    Policies.right().values().forEach(text -> keys.addAll(found(POLICY_KEY, text)));
    assertThat(keys).contains("name", "deleted", "criticality_levels", "until");

    assertThat(keysOfTables(read(DOCS.resolve("operations/channels.md"))))
        .containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void decisionsAreNumberedInSequence() {
    var decisions = files(DOCS.resolve("decisions"), ".md").toList();

    assertThat(decisions)
        .extracting(file -> file.getFileName().toString().substring(0, 4))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, decisions.size()).mapToObj("%04d"::formatted).toList());
    for (var number = 1; number <= decisions.size(); number++) {
      assertThat(read(decisions.get(number - 1))).startsWith("# " + number + ". ");
    }
  }

  /** What is wrong with a command line, as far as names go. */
  private static Optional<String> problem(String line) {
    var words = Arrays.stream(line.trim().split("\\s+")).toList();
    var root = Main.commandLine(nowhere(), nowhere());
    var command = root;
    for (var word : words) {
      var next = command.getSubcommands().get(word);
      if (next == null) {
        break;
      }
      command = next;
    }
    if (command.equals(root) && !words.getFirst().startsWith("-")) {
      return Optional.of("no command " + words.getFirst());
    }
    for (var word : words.subList(1, words.size())) {
      command = command.getSubcommands().getOrDefault(word, command);
    }
    var spec = command.getCommandSpec();
    return words.stream()
        .filter(word -> word.startsWith("--"))
        .map(word -> word.replaceAll("=.*", ""))
        .filter(option -> spec.findOption(option) == null)
        .map(option -> "no option " + option)
        .findFirst();
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }

  /**
   * At the start of lines in blocks, and of what stands between backticks: elsewhere the word is
   * the program's name.
   */
  private static List<String> commandLines(String text) {
    var lines = new ArrayList<String>();
    found(FENCED, text).forEach(block -> lines.addAll(found(COMMAND, block)));
    found(INLINE, text.replaceAll(FENCED.pattern(), ""))
        .forEach(code -> lines.addAll(found(COMMAND, code)));
    return lines;
  }

  private static String withoutCode(String text) {
    return text.replaceAll(FENCED.pattern(), "");
  }

  /** The folders that the map names; the indentation says what stands in what. */
  private static List<Path> mapOfTheHouse() {
    var map =
        found(FENCED, read(README)).stream()
            .filter(block -> block.contains("dev/fairway/"))
            .findFirst()
            .orElseThrow();
    var paths = new ArrayList<Path>();
    var parents = new ArrayList<Path>();
    for (var line : map.lines().toList()) {
      var match = MAP_LINE.matcher(line + (line.endsWith("/") ? "  -" : ""));
      assertThat(match.matches()).as("a line of the map: %s", line).isTrue();
      var depth = match.group(1).length() / 2;
      parents.subList(depth, parents.size()).clear();
      var above = parents.isEmpty() ? Path.of("") : parents.getLast();
      parents.add(above.resolve(match.group(2)));
      paths.add(parents.getLast());
    }
    return paths;
  }

  /** The root, every package below it, and those that the platform is made of. */
  private static List<Path> packages() {
    var packages = new ArrayList<Path>(List.of(PACKAGES));
    packages.addAll(folders(PACKAGES));
    packages.addAll(folders(PACKAGES.resolve("platform")));
    return packages;
  }

  private static List<Path> folders(Path parent) {
    try (var entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first column of every table whose heading is {@code key}. */
  private static List<String> keysOfTables(String text) {
    var keys = new ArrayList<String>();
    var inside = false;
    for (var line : text.lines().toList()) {
      inside = line.startsWith("|") && (inside || line.startsWith("| key |"));
      if (inside) {
        keys.addAll(found(INLINE, line.split("\\|", -1)[1]));
      }
    }
    return keys.stream().distinct().toList();
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(DocumentsTest::first).toList();
  }

  private static String first(MatchResult match) {
    return match.group(1);
  }

  private interface PageTest {
    void accept(Path page);
  }

  private static Stream<DynamicTest> documents(PageTest test) {
    return Stream.concat(Stream.of(README), files(DOCS, ".md"))
        .map(page -> DynamicTest.dynamicTest(page.toString(), () -> test.accept(page)));
  }

  private static Stream<Path> files(Path folder, String suffix) {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(path -> path.toString().endsWith(suffix))
          .collect(toCollection(TreeSet::new))
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
