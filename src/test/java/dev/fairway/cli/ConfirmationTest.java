package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import dev.fairway.source.RandomClusters;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
  private static final Cluster CLUSTER = RandomClusters.of(new Random(1), 1);

  private final StringWriter asked = new StringWriter();

  @Test
  void theAliasConfirms() {
    assertThat(answered(CLUSTER.alias() + "\n").value()).hasValue(CLUSTER);
    assertThat(asked.toString()).contains(CLUSTER.alias(), CLUSTER.id().toString());
  }

  @Test
  void nothingElseDoes() {
    for (var answer : new String[] {"", "\n", "yes\n", CLUSTER.id() + "\n"}) {
      assertThat(answered(answer).diagnostics().all())
          .extracting(Diagnostic::code)
          .containsExactly(Code.NOT_CONFIRMED_BY_NAME);
    }
  }

  @Test
  void whoGivesTheAliasIsNotAsked() {
    assertThat(confirm("", Optional.of(CLUSTER.alias())).value()).hasValue(CLUSTER);
    assertThat(confirm(CLUSTER.alias(), Optional.of("other")).value()).isEmpty();
    assertThat(asked.toString()).isEmpty();
  }

  private Outcome<Cluster> answered(String text) {
    return confirm(text, Optional.empty());
  }

  private Outcome<Cluster> confirm(String text, Optional<String> given) {
    return new Confirmation(new StringReader(text), new PrintWriter(asked)).of(CLUSTER, given);
  }
}
