package dev.fairway.cli;

import dev.fairway.channel.OverriddenGates;
import dev.fairway.model.Gate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Gates to go around, and why. */
final class OverrideOptions {
  @Option(
      names = "--override",
      paramLabel = "GATE",
      split = ",",
      converter = Gates.class,
      description =
          "a gate to go around, such as soak; your key must be trusted with it, so a plan asks for"
              + " the key, too")
  private List<Gate> gates = new ArrayList<>();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      showDefaultValue = Visibility.NEVER,
      description = "why, for who reads it later; one line")
  private String reason = "";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  OverriddenGates gates() {
    if (!gates.isEmpty() && reason.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "--override needs a --reason, for who reads it later");
    }
    // It stands in tables, and beside the names of gates that are met.
    if (reason.chars().anyMatch(Character::isISOControl)) {
      throw new ParameterException(
          spec.commandLine(), "--reason is one line, without control characters");
    }
    return new OverriddenGates(gates, reason);
  }

  /** Gates by the names that policies and people write. */
  static final class Gates implements ITypeConverter<Gate> {
    @Override
    public Gate convert(String text) {
      return Gate.overridable().stream()
          .filter(gate -> gate.keyword().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "'%s' is no gate that can be overridden; those are %s"
                      .formatted(
                          text,
                          String.join(
                              ", ", Gate.overridable().stream().map(Gate::keyword).toList()))));
    }
  }
}
