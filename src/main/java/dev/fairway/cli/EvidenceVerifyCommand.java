package dev.fairway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.EvidenceActs;
import dev.fairway.channel.EvidenceActs.Intact;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description = {
      "Verifies the whole branch evidence, every commit and every statement.",
      "Nothing was changed or taken away, trusted keys signed it, and what does not count is told."
    },
    footer = {"%nExample: verify what this clone has", "  fairway evidence verify --offline"})
final class EvidenceVerifyCommand implements Callable<Integer> {
  @Mixin private Console console = new Console();

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Option(names = "--offline", description = "verify what the clone has, without asking the remote")
  private boolean offline;

  @Override
  public Integer call() {
    var verified =
        repository.with(clone -> new EvidenceActs(clone, InstantSource.system()).verify(offline));
    return console.finish(verified, EvidenceVerifyCommand::json, this::show);
  }

  private static ObjectNode json(Intact verified) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("commit", verified.tip())
        .put("statements", verified.statements())
        .put("counting", verified.counting());
  }

  private void show(Intact verified) {
    console
        .out()
        .printf(
            "evidence at %s: only added to, by trusted keys; %d of %d statements count%n",
            verified.tip(), verified.counting(), verified.statements());
  }
}
