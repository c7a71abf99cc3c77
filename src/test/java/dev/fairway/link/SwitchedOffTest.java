package dev.fairway.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.compiler.Cache;
import dev.fairway.model.Cluster;
import dev.fairway.model.Reach;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.platform.Platform;
import dev.fairway.platform.Platform.Part;
import dev.fairway.platform.cloud.Foundation;
import dev.fairway.platform.cloud.Template;
import dev.fairway.platform.component.network.Flannel;
import dev.fairway.release.Release;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.Spans;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A component with an IAM role behind a switch, compiled into a release of its own. */
class SwitchedOffTest {
  private static final String NAME = "cluster-autoscaler";
  private static final Symbol SWITCH =
      Symbol.setting(
          "cluster_autoscaler_enabled", new SymbolType.Bool(), "true", "Whether pools are scaled");

  @Test
  void itsObjectsAreLeftOutAndItsRoleStandsUnderAConditionThatIsFalse() throws IOException {
    var linker = new Linker(Linkable.of(switchable()));
    var on = link(linker, "true");
    var off = link(linker, "false");

    assertThat(on.manifests()).containsKey("manifests/" + NAME + ".yaml");
    assertThat(off.manifests())
        .doesNotContainKey("manifests/" + NAME + ".yaml")
        .hasSize(on.manifests().size() - 3);
    assertThat(parameter(on)).isEqualTo("true");
    assertThat(parameter(off)).isEqualTo("false");
    assertThat(off.desiredVersion()).isNotEqualTo(on.desiredVersion());

    var foundation = AssemblyText.json(off, "templates/foundation.json");
    var roles =
        foundation.required("Resources").properties().stream()
            .filter(resource -> resource.getValue().toString().contains("-" + NAME))
            .filter(resource -> resource.getValue().path("Type").asText().equals("AWS::IAM::Role"))
            .toList();
    assertThat(roles)
        .singleElement()
        .satisfies(role -> {
          var condition = role.getValue().required("Condition").asText();
          assertThat(foundation.required("Conditions").required(condition).toString())
              .isEqualTo("{\"Fn::Equals\":[{\"Ref\":\"" + SWITCH.parameter() + "\"},\"true\"]}");
        });
  }

  @Test
  void whatNeedsItGoesWithIt() throws IOException {
    var linker = new Linker(Linkable.of(switchable()));

    assertThat(link(linker, "true").manifests()).containsKey("manifests/coredns.yaml");
    assertThat(link(linker, "false").manifests())
        .doesNotContainKeys("manifests/coredns.yaml", "manifests/flannel.yaml")
        .containsKey("manifests/kube-proxy.yaml");
  }

  private static String parameter(Assembly assembly) {
    var foundation = assembly.stackNames().get(1);
    return AssemblyText.json(assembly, "parameters.json")
        .required(foundation)
        .required(SWITCH.parameter())
        .asText();
  }

  private static Assembly link(Linker linker, String on) {
    var cluster = Compiled.fleet().find("e2e").orElseThrow().cluster();
    var items = new TreeMap<>(cluster.configItems());
    items.put(SWITCH.key(), on);
    var linked = linker.link(new ClusterSource(with(cluster, items), Spans.none("e2e.yaml")));
    return linked.value().orElseThrow(() -> new AssertionError(linked.diagnostics()));
  }

  static Cluster with(Cluster cluster, SortedMap<String, String> configItems) {
    return new Cluster(
        cluster.id(),
        cluster.alias(),
        cluster.owner(),
        cluster.environment(),
        cluster.criticality(),
        cluster.channel(),
        cluster.lifecycleStatus(),
        cluster.api(),
        cluster.hostedZone(),
        cluster.zones(),
        cluster.vpc(),
        cluster.ami(),
        cluster.bootstrap(),
        configItems,
        cluster.nodePools());
  }

  private static Release switchable() throws IOException {
    var platform = Compiled.platform();
    var parts = platform.parts().stream().map(SwitchedOffTest::switchable).toList();
    var templates =
        platform.templates().stream()
            .map(template -> template instanceof Foundation ? foundation(parts) : template)
            .toList();
    var symbols = new TreeMap<>(platform.symbols());
    symbols.put(SWITCH.name(), SWITCH);
    var changed =
        new Platform(
            platform.kubernetes(),
            platform.profiles(),
            templates,
            platform.nodes(),
            platform.nodeImages(),
            parts,
            symbols,
            platform.defunct());
    var compiled = Compiled.compiler(Cache.in(Compiled.cache())).compile(changed);
    return compiled.value().orElseThrow(() -> new AssertionError(compiled.diagnostics())).release();
  }

  /** The one that is asked for last comes first by name. */
  private static Part switchable(Part part) {
    return switch (part.name()) {
      case NAME -> switchable(part, SWITCH);
      case "flannel" -> switchable(part, part.enabledBy().orElseThrow(), SWITCH);
      case "coredns" -> switchable(part, part.enabledBy().orElseThrow(), Flannel.ENABLED);
      default -> part;
    };
  }

  private static Part switchable(Part part, Symbol on, Symbol... needs) {
    return new Part(
        part.name(),
        part.source(),
        Optional.of(on),
        part.settings(),
        List.of(needs),
        part.images(),
        part.role(),
        part.reach(),
        part.objects(),
        part.fields());
  }

  private static Template foundation(List<Part> parts) {
    List<Role> roles =
        parts.stream()
            .flatMap(part ->
                part.role().stream()
                    .map(role -> part.enabledBy().map(role::enabledBy).orElse(role)))
            .toList();
    List<Reach> reach = parts.stream().flatMap(part -> part.reach().stream()).toList();
    return Foundation.declare(roles, reach);
  }
}
