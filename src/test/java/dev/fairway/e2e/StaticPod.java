package dev.fairway.e2e;

import dev.fairway.e2e.Rewriting.Flag;
import dev.fairway.e2e.Rewriting.Flag.Change;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program that kubelet starts on masters.
 *
 * @param flags by name, in the order of names, as Fairway writes them
 */
record StaticPod(String program, SortedMap<String, String> flags) {
  static final List<String> PROGRAMS =
      List.of("kube-apiserver", "kube-controller-manager", "kube-scheduler");

  /** That of a master's node config. */
  static StaticPod of(NodeConfig master, String program) {
    var manifest = master.file("/etc/kubernetes/manifests/" + program + ".yaml");
    var pod = Serialization.unmarshal(manifest, Pod.class);
    var command = pod.getSpec().getContainers().getFirst().getCommand();
    if (!command.getFirst().equals(program)) {
      throw new AssertionError("not " + program + ": " + command);
    }
    return new StaticPod(program, flags(command.subList(1, command.size())));
  }

  /** The flags of a command line; none may stand twice, as the last one would win. */
  static SortedMap<String, String> flags(List<String> arguments) {
    var flags = new TreeMap<String, String>();
    for (var argument : arguments) {
      var equals = argument.indexOf('=');
      if (!argument.startsWith("--") || equals < 0) {
        throw new AssertionError("not --flag=value: " + argument);
      }
      if (flags.put(argument.substring(2, equals), argument.substring(equals + 1)) != null) {
        throw new AssertionError("twice: " + argument);
      }
    }
    return flags;
  }

  /** The value of a flag that there must be. */
  String flag(String name) {
    var value = flags.get(name);
    if (value == null) {
      throw new AssertionError("no --" + name + " among " + flags.keySet());
    }
    return value;
  }

  /** The arguments that start it here: the table of rewritings is all that differs. */
  List<String> arguments(Place place) {
    var rewritten = new TreeMap<String, String>();
    flags.forEach((name, value) -> rewritten.put(name, Rewriting.text(value, place)));
    Rewriting.FLAGS.stream()
        .filter(flag -> flag.program().equals(program))
        .forEach(flag -> apply(flag, place, rewritten));
    var arguments = new ArrayList<String>();
    rewritten.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return arguments;
  }

  private void apply(Flag flag, Place place, SortedMap<String, String> rewritten) {
    if (flags.containsKey(flag.name()) != (flag.change() == Change.REPLACED)) {
      throw new AssertionError(
          "the table of rewritings is of another %s: --%s is not to be %s"
              .formatted(program, flag.name(), flag.change()));
    }
    rewritten.put(flag.name(), flag.value().apply(place));
  }
}
