package dev.fairway.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.Compiled;
import dev.fairway.model.SymbolValue.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An assembly, as the tools read it that it is written for. */
class CdkCommandTest {
  private static final Path NODE = Path.of("node_modules/node/bin/node").toAbsolutePath();
  private static final Path CDK = Path.of("node_modules/aws-cdk/bin/cdk").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void cdkListsTheStacks() throws Exception {
    var assembly = linked("shop");
    assembly.write(folder);

    var listed = run(NODE.toString(), CDK.toString(), "ls", "--app", folder.toString());

    assertThat(listed.lines()).containsExactlyInAnyOrderElementsOf(assembly.stackNames());
  }

  /** In this order a deployment goes on, so each stack comes after those that it needs. */
  @Test
  void aStackDependsOnThoseBefore() throws IOException {
    var assembly = linked("shop");
    var artifacts = AssemblyText.json(assembly, "manifest.json").required("artifacts");
    var before = new ArrayList<String>();
    for (var stack : assembly.stackNames()) {
      for (var needed : artifacts.required(stack).required("dependencies")) {
        if (!needed.asText().endsWith(".assets")) {
          assertThat(before).contains(needed.asText());
        }
      }
      before.add(stack);
    }
  }

  @Test
  void xargsGivesBackTheFlags() throws Exception {
    var assembly = linked("data");
    assembly.write(folder);

    var flags = xargs();

    var expected = new ArrayList<>(List.of("--app", ".", "--method", "direct"));
    expected.addAll(List.of("--rollback", "--tags="));
    expected.addAll(List.of("--require-approval", "never", "--no-previous-parameters"));
    var parameters = AssemblyText.json(assembly, "parameters.json");
    for (var stack : assembly.stackNames()) {
      JsonNode values = parameters.required(stack);
      values
          .properties()
          .forEach(value -> {
            expected.add("--parameters");
            expected.add(stack + ":" + value.getKey() + "=" + value.getValue().asText());
          });
    }
    assertThat(flags).isEqualTo(expected);
  }

  @Test
  void xargsGivesBackWhateverAValueHolds() throws Exception {
    var values = new TreeMap<String, String>();
    for (var text :
        List.of("", " ", "a b", "\"", "\"\"", "'", "a'\"'b", "\\", "\\\"", "$HOME", "#")) {
      values.put("P" + values.size(), new Text(text).inline());
    }
    var stack = new Stack("s", "x-s", "t", Optional.empty(), values, new TreeMap<>(), List.of());
    Files.write(folder.resolve(DeployArguments.FILE), DeployArguments.of(List.of(stack)).bytes());

    var flags = xargs();

    values.forEach(
        (name, value) -> assertThat(flags).containsOnlyOnce("x-s:" + name + "=" + value));
  }

  /** The flags as a program gets them from the command line that the documents recommend. */
  private List<String> xargs() throws Exception {
    var said =
        run(
            "xargs",
            "-x",
            "-s",
            "1000000",
            "-a",
            folder.resolve(DeployArguments.FILE).toString(),
            "printf",
            "%s\\0");
    return List.of(said.substring(0, said.length() - 1).split("\0", -1));
  }

  private String run(String... command) throws Exception {
    var log = folder.resolveSibling(folder.getFileName() + ".log");
    var process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    var exitCode = process.waitFor();
    var complaint = Files.readString(log);
    Files.delete(log);
    assertThat(exitCode).as(complaint).isZero();
    return said;
  }

  private static Assembly linked(String alias) {
    var source = Compiled.fleet().find(alias).orElseThrow();
    return new Linker(Compiled.linkable()).link(source).value().orElseThrow();
  }
}
