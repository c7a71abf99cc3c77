package dev.fairway.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest has it. */
final class Version implements IVersionProvider {

  static String text() {
    return "fairway "
        + Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }
}
