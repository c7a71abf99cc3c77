package dev.fairway.deploy.kubernetes;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import java.util.List;

/** What is to say when an API server does not do what it was asked. */
final class Refusals {
  private Refusals() {}

  /**
   * @param purpose what was wanted, such as {@code apply Deployment/shop/web}
   */
  static Diagnostic of(ClusterApi api, String purpose, Answer answer) {
    return switch (answer) {
      case Answer.Unreachable(var why, var _) ->
          Diagnostic.general(
              Code.API_UNREACHABLE,
              "can't %s: %s does not answer: %s".formatted(purpose, api.server(), why),
              "check that KUBECONFIG names the right server and that it can be reached from here:"
                  + " the cluster's api_access_cidrs list who may");
      case Answer.Refused refused -> refused(api, purpose, refused);
      case Answer.Stopped(var why) -> why;
      case Answer.Done(int status, var _) ->
          throw new IllegalArgumentException("no refusal: " + status);
    };
  }

  private static Diagnostic refused(ClusterApi api, String purpose, Answer.Refused refused) {
    return switch (refused.status()) {
      case 401 ->
          Diagnostic.general(
              Code.API_STRANGER,
              "can't %s: %s does not know who asks (401)".formatted(purpose, api.server()),
              "renew the credentials of KUBECONFIG's current context");
      case 403 ->
          Diagnostic.general(
              Code.API_FORBIDDEN,
              "can't %s: %s".formatted(purpose, refused.message()),
              "deploy as a member of a group that may: the role cluster-admin may everything");
      default ->
          Diagnostic.general(
              Code.API_FAILURE,
              "can't %s: %s says %d %s"
                  .formatted(purpose, api.server(), refused.status(), refused.message()),
              "run the deploy again when the API server is well: it goes on where it stopped");
    };
  }

  static Diagnostic notReady(ClusterApi api, Answer answer) {
    if (!(answer instanceof Answer.Refused refused)) {
      return answer instanceof Answer.Done
          ? notReady(api, "it became ready a moment too late")
          : of(api, "ask whether it is ready", answer);
    }
    var checks = failingChecks(refused);
    return notReady(
        api,
        checks.isEmpty()
            ? "it says %d %s".formatted(refused.status(), refused.message())
            : "these checks fail: " + String.join(", ", checks));
  }

  private static Diagnostic notReady(ClusterApi api, String why) {
    return Diagnostic.general(
        Code.API_NOT_READY,
        "%s is not ready: %s".formatted(api.server(), why),
        "look at the masters' kube-apiserver and at etcd, then run the deploy again");
  }

  /** The lines of {@code /readyz?verbose} that begin with {@code [-]}, without their excuses. */
  static List<String> failingChecks(Answer.Refused refused) {
    return refused
        .message()
        .lines()
        .filter(line -> line.startsWith("[-]"))
        .map(line -> line.substring(3).split(" ", 2)[0])
        .toList();
  }
}
