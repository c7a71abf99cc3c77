package dev.fairway.cli;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Asks for the name of what is to be destroyed: whoever has to write it has read it. The id and the
 * name on the command line come from histories and scripts, so only the alias, written anew,
 * counts.
 */
record Confirmation(Reader in, PrintWriter out) {

  Outcome<Cluster> of(Cluster cluster, Optional<String> given) {
    var answer = given.or(() -> ask(cluster)).orElse("");
    return answer.equals(cluster.alias())
        ? Outcome.of(cluster)
        : new Outcome<>(Optional.empty(), Diagnostics.of(refusal(cluster, answer)));
  }

  /** Empty at the end of the input: nobody is there. */
  private Optional<String> ask(Cluster cluster) {
    out.printf(
        "This destroys the cluster %s (%s, %s).%nWrite its alias to go on: ",
        cluster.alias(), cluster.id(), cluster.environment().keyword());
    out.flush();
    try {
      return Optional.ofNullable(new BufferedReader(in).readLine()).map(String::strip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Diagnostic refusal(Cluster cluster, String answer) {
    return Diagnostic.general(
        Code.NOT_CONFIRMED_BY_NAME,
        answer.isEmpty()
            ? "nobody confirmed that the cluster " + cluster.alias() + " is to be destroyed"
            : "'%s' is not the alias of the cluster, %s".formatted(answer, cluster.alias()),
        "nothing was touched; write the alias when asked, or give it with --confirm");
  }
}
