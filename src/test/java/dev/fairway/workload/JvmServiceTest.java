package dev.fairway.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fairway.Snapshots;
import dev.fairway.workload.Rollout.Stacks;
import dev.fairway.workload.Scaling.RequestsPerSecond;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Duration;
import java.util.List;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;
import org.cdk8s.Yaml;
import org.junit.jupiter.api.Test;

class JvmServiceTest {
  private static final JvmServiceProps CART =
      JvmServiceProps.of("cart", "registry.example.org/shop/cart:1.4.2");

  @Test
  void aServiceThatIsRolledOutPodByPod() {
    Snapshots.assertMatches(
        "workload",
        "rolling.yaml",
        synthesized(
            CART.inNamespace("shop")
                .withResources("1", "2Gi")
                .listening(9000, "/ready")
                .withHosts("cart.shop.example.org")
                .scaledBy(new Scaling(3, 30, new RequestsPerSecond(50)))));
  }

  @Test
  void aServiceOfWhichVersionsStandBesideEachOther() {
    Snapshots.assertMatches(
        "workload",
        "stacks.yaml",
        synthesized(CART.withHosts("cart.shop.example.org").rolledOutBy(new Stacks("1-4-2", 5))));
  }

  @Test
  void whatOnlyPodsCallHasNoWayInFromOutside() {
    assertThat(objects(CART)).noneMatch(Ingress.class::isInstance);
  }

  @Test
  void aPodHasTimeToDrainAndThenToEnd() {
    var pod =
        objects(CART.ending(Duration.ofSeconds(40), Duration.ofSeconds(15))).stream()
            .filter(Deployment.class::isInstance)
            .map(Deployment.class::cast)
            .map(deployment -> deployment.getSpec().getTemplate().getSpec())
            .findFirst()
            .orElseThrow();

    assertThat(pod.getContainers().getFirst().getLifecycle().getPreStop().getSleep().getSeconds())
        .isEqualTo(40);
    assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(55);
  }

  @Test
  void whatCanNotWorkIsRefusedWithTheValueAndWhatToGive() {
    assertRefused(() -> JvmServiceProps.of("Cart", "r.example.org/cart:1"), "Cart", "a-z");
    assertRefused(() -> JvmServiceProps.of("cart", "r.example.org/cart:latest"), "latest");
    assertRefused(() -> CART.withResources("1", "32Mi"), "32Mi", "64Mi or more");
    assertRefused(() -> CART.withResources("none", "1Gi"), "none");
    assertRefused(() -> CART.withHeapPercent(100), "100", "10 to 90");
    assertRefused(() -> CART.listening(80, "/"), "80", "1024 to 65535");
    assertRefused(() -> CART.listening(8080, "health"), "health", "a path");
    assertRefused(() -> CART.scaledBy(Scaling.onCpu(1, 3)), "from 1 to 3", "at least 2");
    assertRefused(() -> CART.scaledBy(Scaling.onCpu(4, 3)), "from 4 to 3");
    assertRefused(
        () -> CART.scaledBy(new Scaling(2, 3, new RequestsPerSecond(9))), "hosts", "scale by CPU");
    assertRefused(() -> new Stacks("v1.4", 5), "v1.4", "dashes");
    assertRefused(() -> new Stacks("v1", 1), "keep 2 or more");
  }

  private static void assertRefused(Runnable making, String... words) {
    assertThatIllegalArgumentException().isThrownBy(making::run).withMessageContainingAll(words);
  }

  private static List<HasMetadata> objects(JvmServiceProps props) {
    return new JvmObjects(props).all();
  }

  private static String synthesized(JvmServiceProps props) {
    var chart =
        new Chart(new App(), "shop", ChartProps.builder().disableResourceNameHashes(true).build());
    var _ = new JvmService(chart, "cart", props);
    return Yaml.stringify(((List<?>) chart.toJson()).toArray());
  }
}
