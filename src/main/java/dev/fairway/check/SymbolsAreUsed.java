package dev.fairway.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.model.Facts;
import dev.fairway.model.Symbol;
import dev.fairway.platform.Platform;
import dev.fairway.platform.Platform.Part;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.node.NodeConfig;
import dev.fairway.platform.node.NodeConfigs;
import dev.fairway.platform.node.Unit;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settings that nothing reads mislead whoever sets them, and a token that stands for nothing, or
 * for a pool's value where there is no pool, could never be linked.
 */
@AutoService(Rule.class)
public final class SymbolsAreUsed implements Rule {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Code code() {
    return Code.SYMBOL_USE;
  }

  /**
   * A name where it stands.
   *
   * @param ofPool whether a pool's values are at hand there
   */
  private record Use(String symbol, String where, boolean ofPool, Origin origin) {}

  @Override
  public Stream<Finding> check(Platform platform) {
    var uses = uses(platform);
    return Stream.of(
            uses.stream().flatMap(use -> unknown(platform, use)),
            uses.stream().flatMap(use -> misplaced(platform, use)),
            unused(platform, uses))
        .flatMap(found -> found);
  }

  private static List<Use> uses(Platform platform) {
    return Stream.concat(
            platform.parts().stream().flatMap(SymbolsAreUsed::uses),
            platform.nodes().stream().flatMap(node -> uses(platform, node)))
        .distinct()
        .toList();
  }

  private static Stream<Use> uses(Part part) {
    var tokens =
        part.objects().stream()
            .flatMap(object -> tokens(JSON.<JsonNode>valueToTree(object).toString()));
    return Stream.concat(tokens, part.fields().stream().map(Field::symbol).map(Symbol::name))
        .map(name ->
            new Use(name, "component " + part.name(), false, Origin.of(part, name, key(name))));
  }

  private static Stream<Use> uses(Platform platform, NodeConfig node) {
    var isOfPool =
        platform.profiles().stream()
            .anyMatch(profile -> node.name().equals("worker-" + profile.name()));
    return texts(node)
        .flatMap(SymbolsAreUsed::tokens)
        .map(name ->
            new Use(
                name,
                "node config " + node.name(),
                isOfPool,
                Origin.ofNode(node.name(), name, name.replaceFirst(".*\\.", ""))));
  }

  private static Stream<String> texts(NodeConfig node) {
    return Stream.of(
            node.files().stream().map(file -> file.content()),
            node.files().stream()
                .flatMap(file -> file.condition().stream())
                .map(condition -> condition.symbol().token()),
            node.remoteFiles().stream().flatMap(file -> Stream.of(file.source(), file.hash())),
            node.links().stream().map(link -> link.target()),
            node.units().stream().flatMap(unit -> unit.contents().stream()),
            node.units().stream()
                .flatMap(unit -> unit.dropIns().stream())
                .map(Unit.DropIn::contents))
        .flatMap(texts -> texts);
  }

  private static Stream<String> tokens(String text) {
    return Symbol.tokens(text).results().map(token -> token.group(2));
  }

  private static String key(String name) {
    return name.startsWith("setting.") ? name.substring("setting.".length()) : name;
  }

  private static Stream<Finding> unknown(Platform platform, Use use) {
    return platform.symbols().containsKey(use.symbol())
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                use.origin(),
                "%s names the symbol %s, which nothing declares"
                    .formatted(use.where(), use.symbol()),
                DidYouMean.remedy(use.symbol(), platform.symbols().keySet())));
  }

  private static Stream<Finding> misplaced(Platform platform, Use use) {
    return Stream.of(use)
        .filter(it -> !it.ofPool())
        .map(it -> platform.symbols().get(it.symbol()))
        .filter(symbol -> symbol != null && symbol.scope() != Symbol.Scope.CLUSTER)
        .map(symbol ->
            Finding.at(
                use.origin(),
                "%s names %s, which only pools have".formatted(use.where(), symbol.name()),
                "use a fact of the cluster: one file serves all of it"));
  }

  /** Of a template's own settings its constructs make parameters; confirm finds those in it. */
  private static Stream<Finding> unused(Platform platform, List<Use> uses) {
    var used = new HashSet<String>();
    uses.forEach(use -> used.add(use.symbol()));
    Facts.all().forEach(fact -> used.add(fact.name()));
    platform.templates().stream()
        .flatMap(template -> template.settings().stream())
        .forEach(setting -> used.add(setting.name()));
    platform.parts().stream()
        .flatMap(part -> part.enabledBy().stream())
        .forEach(on -> used.add(on.name()));
    return platform.symbols().values().stream()
        .filter(Symbol::isSetting)
        .filter(setting -> !used.contains(setting.name()))
        .filter(setting -> !isParameter(platform, setting))
        .map(setting ->
            Finding.at(
                origin(platform, setting),
                "nothing uses the setting %s".formatted(setting.key()),
                "use it, or take it away; what clusters may have set becomes defunct"));
  }

  /** In a policy of a role that a component declares. */
  private static boolean isParameter(Platform platform, Symbol setting) {
    var name = Pattern.compile("\\b" + setting.parameter() + "\\b");
    return platform.templates().stream()
        .flatMap(template -> template.policies().stream())
        .anyMatch(policy -> name.matcher(policy.document().toString()).find());
  }

  private static Origin origin(Platform platform, Symbol setting) {
    return platform.parts().stream()
        .filter(part -> part.settings().contains(setting))
        .findFirst()
        .map(part -> Origin.of(part, setting.key()))
        .orElseGet(() -> Origin.of(NodeConfigs.class, setting.key()));
  }
}
