package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What holds for every command of the tree, so that a new one need not be told. */
class CommandsTest {

  private final List<CommandSpec> commands =
      tree(new CommandLine(new Fairway()).getCommandSpec()).toList();

  @Test
  void everyCommandHelpsAndSaysWhatItDoes() {
    assertThat(commands)
        .allSatisfy(command -> {
          assertThat(command.findOption("--help")).isNotNull();
          assertThat(command.usageMessage().description()).isNotEmpty();
        });
  }

  /** The list of commands shows the first line of each and no more. */
  @Test
  void theFirstLineOfADescriptionIsAWholeSentence() {
    assertThat(commands)
        .allSatisfy(command ->
            assertThat(command.usageMessage().description()[0]).as(command.name()).endsWith("."));
  }

  @Test
  void everyCommandTeachesWithAnExample() {
    assertThat(commands)
        .allSatisfy(command ->
            assertThat(String.join("\n", command.usageMessage().footer()))
                .as(command.name())
                .contains("Example"));
  }

  /**
   * NullAway trusts the fields that picocli fills, and picocli leaves null where nothing was given.
   */
  @Test
  void anOptionThatMayBeAbsentSaysSo() {
    assertThat(commands)
        .flatExtracting(CommandSpec::args)
        .filteredOn(CommandsTest::mayBeNull)
        .extracting(ArgSpec::paramLabel)
        .isEmpty();
  }

  private static boolean mayBeNull(ArgSpec argument) {
    return argument.userObject() instanceof Field field
        && !argument.required()
        && argument.defaultValue() == null
        && !field.getType().isPrimitive()
        && !argument.typeInfo().isOptional()
        && !argument.typeInfo().isMultiValue()
        && !field.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static Stream<CommandSpec> tree(CommandSpec root) {
    return Stream.concat(
        Stream.of(root),
        root.subcommands().values().stream()
            .flatMap(subcommand -> tree(subcommand.getCommandSpec())));
  }
}
