package dev.fairway.diff.fleet;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.diff.Act;
import dev.fairway.link.Assembly;
import dev.fairway.link.Content;
import dev.fairway.link.Linkable;
import dev.fairway.link.Stack;
import dev.fairway.model.Cluster;
import dev.fairway.model.Facts;
import dev.fairway.model.NodePool;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what one cluster is given by two releases. May be used by several threads. */
final class ClusterDiff {
  private static final String MANIFESTS = "manifests/";
  private static final NodeTemplate NOTHING = NodeTemplate.of(MissingNode.getInstance());

  /** They differ whenever the node config does, which is said in one word. */
  private static final Set<String> NODE_CONFIG =
      Set.of(Facts.NODE_CONFIG_KEY.parameter(), Facts.NODE_CONFIG_SHA512.parameter());

  private final Map<String, NodeTemplate> before;
  private final Map<String, NodeTemplate> after;
  private final Pace pace;
  private final Function<NodePool, Shape.Pool> kinds;

  /**
   * @param kinds what tells a pool whose nodes are replaced from another
   */
  ClusterDiff(Linkable before, Linkable after, Pace pace, Function<NodePool, Shape.Pool> kinds) {
    this.before = templates(before);
    this.after = templates(after);
    this.pace = pace;
    this.kinds = kinds;
  }

  private static Map<String, NodeTemplate> templates(Linkable release) {
    var templates = new TreeMap<String, NodeTemplate>();
    for (var template : release.manifest().templates()) {
      var content = Objects.requireNonNull(release.constants().get(template.file()));
      templates.put(template.name(), template(content));
    }
    return templates;
  }

  private static NodeTemplate template(Content content) {
    try {
      return NodeTemplate.of(CanonicalJson.TREES.readTree(content.bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("a release that was read holds JSON", e);
    }
  }

  /**
   * What changes between two assemblies of one cluster, which stands for all of its shape.
   *
   * @param fixed nodes that are replaced and that every cluster has alike, by template
   * @param pools of which the nodes are replaced
   */
  record Change(
      Effect effect,
      SortedMap<String, NodeSpan> fixed,
      Set<Shape.Pool> pools,
      List<String> components) {
    /**
     * The same stacks, with other components on.
     *
     * @param changed those of which the objects change, wherever they are on
     * @param rest what changes where nothing of a stack or a component does
     */
    Change with(List<String> on, Set<String> changed, Effect rest) {
      var theirs = new TreeSet<ComponentEffect>();
      on.stream()
          .filter(changed::contains)
          .forEach(name -> theirs.add(new ComponentEffect(name, Act.CHANGED)));
      var whole = new Effect(effect.stacks(), theirs);
      return new Change(whole.isEmpty() ? rest : whole, fixed, pools, on);
    }
  }

  Change between(Cluster cluster, Assembly was, Assembly becomes) {
    var left = byName(was);
    var right = byName(becomes);
    var names = new TreeSet<>(left.keySet());
    names.addAll(right.keySet());
    var stacks = new TreeSet<StackEffect>();
    var fixed = new TreeMap<String, NodeSpan>();
    var pools = new HashSet<Shape.Pool>();
    for (var name : names) {
      var effect = effect(was, left.get(name), becomes, right.get(name));
      effect.ifPresent(stacks::add);
      if (effect.filter(StackEffect::isRolling).isPresent()) {
        var stack = Objects.requireNonNull(right.get(name));
        if (stack.isPool()) {
          pools.add(kinds.apply(pool(cluster, stack)));
        } else {
          var nodes = template(after, stack.template()).nodes(stack.parameters());
          fixed.merge(stack.template(), nodes, NodeSpan::plus);
        }
      }
    }
    var profiles = right.values().stream().filter(Stack::isPool).map(Stack::template).distinct();
    var effect = new Effect(together(stacks, profiles.count()), components(was, becomes));
    return new Change(
        effect.isEmpty() ? ofTheRest(was, becomes) : effect, fixed, pools, becomes.components());
  }

  /** Whatever is neither a stack's nor a component's. */
  static Effect ofTheRest(Assembly was, Assembly becomes) {
    var components = new TreeSet<ComponentEffect>();
    var files = new TreeSet<>(was.files().keySet());
    files.addAll(becomes.files().keySet());
    files.removeIf(file -> file.startsWith(MANIFESTS));
    if (files.stream().anyMatch(file -> differs(was, becomes, file, file))) {
      components.add(new ComponentEffect("cloud assembly", Act.CHANGED));
    }
    return new Effect(new TreeSet<>(), components);
  }

  /** A pool's name is the longest that its stack's begins with: another may begin alike. */
  private static NodePool pool(Cluster cluster, Stack stack) {
    return cluster.nodePools().stream()
        .filter(pool -> stack.name().startsWith("pool-" + pool.name()))
        .filter(pool -> stack.template().equals("pool-" + pool.profile()))
        .max(Comparator.comparingInt(pool -> pool.name().length()))
        .orElseThrow();
  }

  /** What the change comes to for a cluster of the shape. */
  ClusterImpact of(Change change, Cluster cluster) {
    var nodes = new TreeMap<>(change.fixed());
    for (var pool : cluster.nodePools()) {
      if (change.pools().contains(kinds.apply(pool))) {
        var span = new NodeSpan(pool.minSize(), pool.maxSize());
        nodes.merge("pool-" + pool.profile(), span, NodeSpan::plus);
      }
    }
    var time = TimeSpan.NONE;
    for (var entry : nodes.entrySet()) {
      time = time.plus(pace.time(template(after, entry.getKey()), entry.getValue()));
    }
    return new ClusterImpact(cluster, change.effect(), nodes, time, change.components());
  }

  private static NodeTemplate template(Map<String, NodeTemplate> templates, String name) {
    return templates.getOrDefault(name, NOTHING);
  }

  /** Clusters have pools of various profiles: what is the same for all is said of all. */
  private static SortedSet<StackEffect> together(SortedSet<StackEffect> stacks, long profiles) {
    var pools = stacks.stream().filter(StackEffect::isPool).toList();
    var alike = pools.stream().map(StackEffect::ofAllPools).distinct().toList();
    if (alike.size() != 1 || pools.size() != profiles) {
      return stacks;
    }
    var together = new TreeSet<>(alike);
    stacks.stream().filter(stack -> !stack.isPool()).forEach(together::add);
    return together;
  }

  private static SortedMap<String, Stack> byName(Assembly assembly) {
    return assembly.stacks().stream()
        .collect(Collectors.toMap(Stack::name, Function.identity(), (one, _) -> one, TreeMap::new));
  }

  private Optional<StackEffect> effect(
      Assembly was, @Nullable Stack left, Assembly becomes, @Nullable Stack right) {
    if (left == null || right == null) {
      return Optional.ofNullable(left == null ? right : left)
          .map(stack ->
              new StackEffect(
                  stack.template(),
                  left == null ? Act.ADDED : Act.REMOVED,
                  false,
                  false,
                  new TreeSet<>(),
                  false));
    }
    var effect = changed(was, left, becomes, right);
    return effect.isTemplateOther() || effect.isNodeConfigOther() || !effect.parameters().isEmpty()
        ? Optional.of(effect)
        : Optional.empty();
  }

  private StackEffect changed(Assembly was, Stack left, Assembly becomes, Stack right) {
    var given = changed(left.parameters(), right.parameters());
    var isNodeConfigOther = given.removeAll(NODE_CONFIG);
    var parameters = new TreeSet<>(given);
    tags(left, right).forEach(tag -> parameters.add("tag " + tag));
    if (differs(was, becomes, policy(left), policy(right))) {
      parameters.add("stack policy");
    }
    return new StackEffect(
        right.template(),
        Act.CHANGED,
        differs(was, becomes, template(left), template(right)),
        isNodeConfigOther,
        parameters,
        isRolling(left, right));
  }

  private static String template(Stack stack) {
    return "templates/" + stack.template() + ".json";
  }

  private static String policy(Stack stack) {
    return "policies/" + stack.template() + ".json";
  }

  private static boolean differs(Assembly was, Assembly becomes, String left, String right) {
    var before = was.files().get(left);
    var after = becomes.files().get(right);
    if (before == null || after == null) {
      return before != after;
    }
    return !before.isSameAs(after);
  }

  private static SortedSet<String> changed(Map<String, String> left, Map<String, String> right) {
    var names = new TreeSet<>(left.keySet());
    names.addAll(right.keySet());
    names.removeIf(name -> Objects.equals(left.get(name), right.get(name)));
    return names;
  }

  /** The node config's is left out: it is told by the node config itself. */
  private static SortedSet<String> tags(Stack left, Stack right) {
    var tags = changed(left.tags(), right.tags());
    var key = Facts.NODE_CONFIG_KEY.parameter();
    tags.removeIf(tag ->
        right.parameters().containsKey(key)
            && Objects.equals(right.tags().get(tag), right.parameters().get(key)));
    return tags;
  }

  /** Whether its instances would be started otherwise now. */
  private boolean isRolling(Stack left, Stack right) {
    var old = template(before, left.template());
    var fresh = template(after, right.template());
    if (!fresh.hasNodes()) {
      return false;
    }
    return !old.launch().equals(fresh.launch())
        || fresh.parameters().stream()
            .anyMatch(
                name -> !Objects.equals(left.parameters().get(name), right.parameters().get(name)));
  }

  private static SortedSet<ComponentEffect> components(Assembly was, Assembly becomes) {
    var files = new TreeSet<>(was.files().keySet());
    files.addAll(becomes.files().keySet());
    var found = new TreeSet<ComponentEffect>();
    for (var file : files.tailSet(MANIFESTS)) {
      if (!file.startsWith(MANIFESTS)) {
        break;
      }
      if (differs(was, becomes, file, file)) {
        found.add(new ComponentEffect(component(file), act(was, becomes, file)));
      }
    }
    return found;
  }

  private static String component(String file) {
    return file.substring(MANIFESTS.length()).replaceFirst("\\.yaml$", "");
  }

  private static Act act(Assembly was, Assembly becomes, String file) {
    if (!was.files().containsKey(file)) {
      return Act.ADDED;
    }
    return becomes.files().containsKey(file) ? Act.CHANGED : Act.REMOVED;
  }
}
