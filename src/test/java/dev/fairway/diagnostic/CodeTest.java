package dev.fairway.diagnostic;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodeTest {
  private static final Path PAGES = Path.of("docs/errors");

  @ParameterizedTest
  @EnumSource(Code.class)
  void everyCodeHasAPageWithCauseExampleAndRemedy(Code code) throws IOException {
    assertThat(Files.readAllLines(Path.of(code.page())))
        .as("docs/errors/%s.md", code.id())
        .startsWith("# " + code.id() + ": " + code.title())
        .containsSubsequence("## Cause", "## Example", "## Remedy");
  }

  @Test
  void noPageIsOfACodeThatIsGone() throws IOException {
    try (var pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Code.values()).map(code -> code.id() + ".md").toList());
    }
  }

  @Test
  void numbersAreUniqueAndInOrder() {
    var ids = Arrays.stream(Code.values()).map(Code::id).toList();

    assertThat(ids).containsExactlyElementsOf(ids.stream().collect(toCollection(TreeSet::new)));
  }
}
