package dev.fairway.deploy.kubernetes;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a cluster is and who asks. The client library would go on without any file, and ask
 * whatever answers at the address that it has for pods; here a file is a must.
 */
final class Kubeconfig {
  private static final String REMEDY =
      "let KUBECONFIG name the kubeconfig of the cluster; without it ~/.kube/config is read";

  private Kubeconfig() {}

  /** From the files that {@code KUBECONFIG} names, those that are not there left out. */
  static Outcome<Config> ofEnvironment() {
    return of(
        Config.getKubeconfigFilenames().stream()
            .filter(name -> !name.isBlank())
            .map(Path::of)
            .toList());
  }

  static Outcome<Config> of(List<Path> named) {
    var files = named.stream().filter(Files::exists).toList();
    if (files.isEmpty()) {
      return unreadable(named, "there is no such file");
    }
    try {
      var config =
          files.size() == 1
              ? Config.fromKubeconfig(files.getFirst().toFile())
              : Config.autoConfigure(null);
      return config.getCurrentContext() == null
          ? unreadable(files, "it has no current context")
          : Outcome.of(config);
    } catch (RuntimeException e) {
      return unreadable(files, firstLine(e));
    }
  }

  private static Outcome<Config> unreadable(List<Path> files, String why) {
    var names = files.stream().map(Path::toString).collect(Collectors.joining(", "));
    return Outcomes.error(
        Diagnostic.general(
            Code.NO_KUBECONFIG, "kubeconfig " + names + " can't be read: " + why, REMEDY));
  }

  private static String firstLine(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("it is malformed");
  }
}
