package dev.fairway.e2e;

import dev.fairway.e2e.Rewriting.Flag.Change;
import java.util.List;
import java.util.function.Function;

/**
 * What a control plane in a test does not take from a master as it is, and why. Everything else is
 * taken: every flag, and every file to the byte.
 */
sealed interface Rewriting {
  /** Why a master's own value can't be used here. */
  String reason();

  /** A flag of one program. */
  record Flag(
      String program, String name, Change change, Function<Place, String> value, String reason)
      implements Rewriting {
    /** Whether the static pod has the flag. */
    enum Change {
      ADDED,
      REPLACED
    }
  }

  /** A text, wherever a flag's value or a file has it. */
  record Text(String text, Function<Place, String> value, String reason) implements Rewriting {}

  List<Flag> FLAGS =
      List.of(
          new Flag(
              "kube-apiserver",
              "advertise-address",
              Change.REPLACED,
              // RFC 5737's: an endpoint of the Service kubernetes must not be a loopback address.
              place -> "192.0.2.10",
              "kubelet fills in the node's address, and there is no kubelet"),
          new Flag(
              "kube-apiserver",
              "bind-address",
              Change.ADDED,
              place -> "127.0.0.1",
              "a master's listens on all of its addresses; a test keeps to loopback"),
          new Flag(
              "kube-apiserver",
              "egress-selector-config-file",
              Change.ADDED,
              place -> place.at(ClusterEgress.FILE).toString(),
              "Services and kubelets have addresses that are nobody's here"),
          new Flag(
              "kube-apiserver",
              "etcd-servers",
              Change.REPLACED,
              place -> "https://127.0.0.1:" + place.ports().etcd(),
              "one member stands for five, which are found by DNS"),
          new Flag(
              "kube-apiserver",
              "secure-port",
              Change.REPLACED,
              place -> Integer.toString(place.ports().apiServer()),
              "the machine is shared with other tests"),
          new Flag(
              "kube-controller-manager",
              "bind-address",
              Change.ADDED,
              place -> "127.0.0.1",
              "a master's listens on all of its addresses; a test keeps to loopback"),
          new Flag(
              "kube-controller-manager",
              "secure-port",
              Change.REPLACED,
              place -> Integer.toString(place.ports().controllerManager()),
              "the machine is shared with other tests"),
          new Flag(
              "kube-scheduler",
              "bind-address",
              Change.ADDED,
              place -> "127.0.0.1",
              "a master's listens on all of its addresses; a test keeps to loopback"),
          new Flag(
              "kube-scheduler",
              "secure-port",
              Change.REPLACED,
              place -> Integer.toString(place.ports().scheduler()),
              "the machine is shared with other tests"));

  List<Text> TEXTS =
      List.of(
          path("/etc/kubernetes/"),
          path("/var/lib/kubelet/"),
          path("/var/log/kube-apiserver/"),
          new Text(
              "https://127.0.0.1:6443",
              Place::server,
              "the API server's port is another one, so its clients on the master's need it"));

  private static Text path(String folder) {
    return new Text(
        folder,
        place -> place.at(folder) + "/",
        "files of a master stand in a folder of the test's own");
  }

  /** The text with what stands elsewhere here. */
  static String text(String text, Place place) {
    var rewritten = text;
    for (var rewriting : TEXTS) {
      rewritten = rewritten.replace(rewriting.text(), rewriting.value().apply(place));
    }
    return rewritten;
  }
}
