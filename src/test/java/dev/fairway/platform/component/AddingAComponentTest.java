package dev.fairway.platform.component;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example in the documents is a component of the catalogue, as it is. */
class AddingAComponentTest {

  @Test
  void theDocumentShowsTheExampleAsItIs() throws IOException {
    var page = Files.readString(Path.of("docs/adding-a-component.md"), UTF_8);
    var example =
        Files.readString(
            Path.of("src/main/java/dev/fairway/platform/component/dns/ExternalDns.java"), UTF_8);
    var block = page.substring(page.indexOf("```java\n") + 8, page.indexOf("\n```\n"));
    assertThat(example).endsWith(block + "\n");
  }
}
