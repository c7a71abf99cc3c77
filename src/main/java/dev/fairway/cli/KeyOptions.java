package dev.fairway.cli;

import dev.fairway.channel.SigningKey;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The key that a command signs with. */
final class KeyOptions {
  private static final String FILE = "FAIRWAY_SIGNING_KEY";

  /** In the environment, because every process sees a command line. */
  private static final String PASSPHRASE = "FAIRWAY_KEY_PASSPHRASE";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = {
        "the ed25519 key of SSH to sign with (default: the file that " + FILE + " names);",
        "an encrypted one is opened with the passphrase in " + PASSPHRASE
      })
  private Optional<Path> file = Optional.empty();

  /** The key, when one is named. */
  Outcome<Optional<SigningKey>> optional() {
    return named().isPresent() ? required().map(Optional::of) : Outcome.of(Optional.empty());
  }

  Outcome<SigningKey> required() {
    var passphrase = Environment.find(PASSPHRASE).map(String::toCharArray);
    return named().map(key -> SigningKey.read(key, passphrase)).orElseGet(KeyOptions::none);
  }

  private Optional<Path> named() {
    return file.or(() -> Environment.find(FILE).map(Path::of));
  }

  private static Outcome<SigningKey> none() {
    return new Outcome<>(
        Optional.empty(),
        Diagnostics.of(
            Diagnostic.general(
                Code.NO_KEY_GIVEN,
                "no key is given to sign with",
                "name the file of one with --key or in " + FILE)));
  }
}
