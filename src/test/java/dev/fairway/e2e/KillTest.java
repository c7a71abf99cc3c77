package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A deploy that is killed leaves a cluster that the next one brings to the same end as if nothing
 * had happened. {@code -Dseed=SEED} takes other moments of chance.
 */
@Tag("e2e")
@Item(5)
// The longest, so all others run beside it; those that take a minute or more come next, as 2.
@Order(1)
@TestMethodOrder(OrderAnnotation.class)
final class KillTest {
  private static final long SEED = Long.getLong("seed", 4);

  private static KillCampaign campaign;

  @BeforeAll
  static void start(Evidence evidence) {
    evidence
        .engine("kube-apiserver 1.36.2")
        .engine("etcd 3.6.10")
        .engine("ministack 1.5.33")
        .standIn("instances", "they are records of the engine; hollow kubelets play their nodes")
        .figure("seed", SEED);
    campaign = KillCampaign.start(SEED);
  }

  @AfterAll
  static void end(Evidence evidence) {
    campaign.close();
    campaign.lastLogs().forEach((name, log) -> evidence.log("last deploy of " + name, log));
  }

  @Test
  @Order(1)
  void anUndisturbedClusterIsWhatOthersAreComparedWith(Evidence evidence) {
    var quiet = result(campaign.quiet());

    evidence
        .figure("stacks compared", quiet.changed().count("stack"))
        .figure("objects compared", quiet.changed().count("object"))
        .figure("undisturbed change", quiet.change().took().toSeconds() + " s")
        .text("what an undisturbed change told", quiet.change().err());
    assertThat(quiet.changed()).as("a change is one").isNotEqualTo(quiet.created());
    assertThat(quiet.changed()).isNotEqualTo(quiet.changedBack());
  }

  @Test
  @Order(2)
  void aClusterWhoseCreationIsKilledAfterEveryStep(Evidence evidence) {
    var chain = result(campaign.creation());

    show(evidence, List.of(chain));
    assertThat(chain.deaths()).hasSizeGreaterThan(10);
  }

  @Test
  @Order(3)
  void aChangeThatIsKilledAfterEveryStep(Evidence evidence) {
    var chains = result(campaign.changes());

    show(evidence, chains);
    assertThat(deaths(chains)).hasSizeGreaterThan(10);
  }

  @Test
  @Order(4)
  void aChangeThatIsKilledAtAnyMoment(Evidence evidence) {
    var chains = result(campaign.chance());

    show(evidence, chains);
    assertThat(deaths(chains)).hasSize(KillCampaign.CHAINS_OF_CHANCE * KillChain.LENGTH);
  }

  private static void show(Evidence evidence, List<KillChain> chains) {
    var deaths = deaths(chains);
    evidence
        .figure("killed", deaths.size())
        .figure("run to the end and compared", chains.size())
        .table(
            "killed at",
            List.of("step", "times"),
            new TreeMap<>(
                    deaths.stream()
                        .collect(Collectors.groupingBy(step -> step, Collectors.counting())))
                .entrySet().stream()
                    .map(step -> List.of(step.getKey(), step.getValue().toString()))
                    .toList())
        .table(
            "chains",
            List.of("chain", "killed at", "time"),
            chains.stream()
                .map(chain ->
                    List.of(
                        chain.name(),
                        String.join(", ", chain.deaths()),
                        chain.took().toSeconds() + " s"))
                .toList());
  }

  private static List<String> deaths(List<KillChain> chains) {
    return chains.stream().map(KillChain::deaths).flatMap(Collection::stream).toList();
  }

  private static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
