package dev.fairway.platform.node;

import static dev.fairway.platform.node.Yaml.map;

import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Choice;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.model.SymbolType.TextMap;
import dev.fairway.platform.node.NodeFile.Format;
import java.util.List;
import java.util.Map;

/**
 * The token webhook on masters: a static pod that only the API server of the same master reaches,
 * and asks who has an OAuth token. Certificates and service accounts never come by here, so that a
 * cluster starts and is mended without it.
 */
public final class TokenWebhook {
  /**
   * On loopback and without TLS. Below 1024, so that no program but one of root's can stand in its
   * place and say who anybody is.
   */
  static final int PORT = 1021;

  static final String KUBECONFIG = "/etc/kubernetes/token-webhook.kubeconfig";

  /** As in the reference: so long a token that is taken back still opens the API. */
  private static final int CACHE_SECONDS = 10;

  private static final String CONFIG = "/etc/kubernetes/token-webhook.json";

  /** Whom RBAC binds by a name of a certificate must not be whom an issuer names so. */
  private static final String USER_PREFIX = "oauth:";

  private static final String URL = "https://[A-Za-z0-9._~:/?&=%-]+";
  private static final Text NAME = new Text("[A-Za-z][A-Za-z0-9:._/@-]*", "a role's name");

  /** Kubernetes' own groups are given by certificates only. */
  private static final Text GROUP =
      new Text("(?!system:)[A-Za-z][A-Za-z0-9:._/@-]*", "a group that does not begin with system:");

  public static final Symbol ENABLED =
      Symbol.setting(
          "token_webhook_enabled",
          new Bool(),
          "true",
          "Whether the API server takes OAuth tokens; without it people come by certificates");

  public static final Symbol IMAGE =
      Image.setting("token_webhook_image", "The image of the token webhook, built by the fleet");

  public static final Symbol ISSUER =
      need("token_webhook_issuer", "(" + URL + ")?", "a URL of https", "Who issues the tokens");

  public static final Symbol AUDIENCE =
      need(
          "token_webhook_audience",
          "[A-Za-z0-9._~:/@-]*",
          "a name or URL",
          "For whom tokens must be made: one that is for another service opens nothing here");

  public static final Symbol VERIFICATION =
      Symbol.setting(
          "token_webhook_verification",
          new Choice(List.of("jwks", "introspection")),
          "jwks",
          "Whether a token is a JWT with a signature, or the issuer is asked about each (RFC"
              + " 7662): only for an issuer that does not want to know who asks, since masters have"
              + " no place yet for a client's secret");

  public static final Symbol VERIFICATION_URL =
      need(
          "token_webhook_verification_url",
          "(" + URL + ")?",
          "a URL of https",
          "Where the issuer's keys are (JWKS), or where it is asked about a token");

  public static final Symbol ROLES_URL =
      need(
          "token_webhook_roles_url",
          "(https://[A-Za-z0-9._~:/?&=%-]+\\{user\\}[A-Za-z0-9._~:/?&=%-]*)?",
          "a URL of https with {user} in it",
          "Where a user's roles are asked for: the answer is {\"roles\": [\"...\"]}");

  public static final Symbol USER_CLAIM =
      Symbol.setting(
          "token_webhook_user_claim",
          new Text("[A-Za-z0-9._:/-]+", "the name of a claim"),
          "sub",
          "The claim of a token that names the user");

  /**
   * Not PowerUser, who gets into pods by hand: production has none, and is what forgets to say so.
   */
  public static final Symbol GROUPS =
      Symbol.setting(
          "token_webhook_groups",
          new TextMap(NAME, GROUP),
          "CI=CI,Emergency=Emergency,Manual=Manual,ReadOnly=ReadOnly",
          "The group that each role is in this cluster; other roles are none. A test cluster adds"
              + " PowerUser=PowerUser");

  private TokenWebhook() {}

  /** Without all of these it is off. */
  public static List<Symbol> needs() {
    return List.of(IMAGE, ISSUER, AUDIENCE, VERIFICATION_URL, ROLES_URL);
  }

  /** Those that have a value of their own, the switch left out. */
  public static List<Symbol> settings() {
    return List.of(VERIFICATION, USER_CLAIM, GROUPS);
  }

  static Part part() {
    return Part.files(
        pod().when(ENABLED), configuration().when(ENABLED), kubeconfig().when(ENABLED));
  }

  /** What the API server is told of it. */
  static Flags flags(Flags flags) {
    return flags
        .with("authentication-token-webhook-config-file", KUBECONFIG)
        .with("authentication-token-webhook-version", "v1")
        .with("authentication-token-webhook-cache-ttl", CACHE_SECONDS + "s");
  }

  private static Symbol need(String key, String pattern, String expectation, String description) {
    return Symbol.setting(key, new Text(pattern, expectation), "", description);
  }

  private static NodeFile kubeconfig() {
    var server = "http://127.0.0.1:" + PORT + "/tokenreviews";
    return Yaml.file(
        KUBECONFIG,
        0600,
        map(
            "apiVersion",
            "v1",
            "kind",
            "Config",
            "clusters",
            List.of(map("name", "token-webhook", "cluster", map("server", server))),
            "users",
            List.of(map("name", "kube-apiserver", "user", map())),
            "contexts",
            List.of(
                map(
                    "name",
                    "token-webhook",
                    "context",
                    map("cluster", "token-webhook", "user", "kube-apiserver"))),
            "current-context",
            "token-webhook"));
  }

  private static NodeFile configuration() {
    return new NodeFile(
        CONFIG,
        0644,
        Format.JSON,
        """
        {
          "port": %d,
          "issuer": "%s",
          "audience": "%s",
          "verification": "%s",
          "verificationUrl": "%s",
          "userClaim": "%s",
          "userPrefix": "%s",
          "rolesUrl": "%s",
          "groups": "%s"
        }
        """
            .formatted(
                PORT,
                ISSUER.token(),
                AUDIENCE.token(),
                VERIFICATION.token(),
                VERIFICATION_URL.token(),
                USER_CLAIM.token(),
                USER_PREFIX,
                ROLES_URL.token(),
                GROUPS.whole()));
  }

  private static NodeFile pod() {
    return Yaml.file(
        StaticPod.MANIFESTS + "/token-webhook.yaml",
        0644,
        map(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "metadata",
            map(
                "name",
                "token-webhook",
                "namespace",
                "kube-system",
                "labels",
                map("app.kubernetes.io/name", "token-webhook", "tier", "control-plane")),
            "spec",
            spec()));
  }

  private static Map<String, Object> spec() {
    return map(
        "hostNetwork",
        true,
        "priorityClassName",
        "system-node-critical",
        "terminationGracePeriodSeconds",
        15,
        "securityContext",
        map("seccompProfile", map("type", "RuntimeDefault")),
        "containers",
        List.of(container()),
        "volumes",
        List.of(map("name", "config", "hostPath", map("path", CONFIG, "type", "File"))));
  }

  /** Root with one capability: that is what the port asks for. Its heap is bounded by the image. */
  private static Map<String, Object> container() {
    return map(
        "name",
        "token-webhook",
        "image",
        IMAGE.token(),
        "args",
        List.of(CONFIG),
        "ports",
        List.of(map("name", "http", "containerPort", PORT)),
        "resources",
        map("requests", map("cpu", "25m", "memory", "192Mi"), "limits", map("memory", "192Mi")),
        "securityContext",
        map(
            "runAsUser",
            0,
            "allowPrivilegeEscalation",
            false,
            "readOnlyRootFilesystem",
            true,
            "capabilities",
            map("drop", List.of("ALL"), "add", List.of("NET_BIND_SERVICE"))),
        "livenessProbe",
        probe("/livez"),
        "readinessProbe",
        probe("/readyz"),
        "volumeMounts",
        List.of(map("name", "config", "mountPath", CONFIG, "readOnly", true)));
  }

  private static Map<String, Object> probe(String path) {
    return map(
        "httpGet",
        map("scheme", "HTTP", "host", "127.0.0.1", "port", PORT, "path", path),
        "periodSeconds",
        10,
        "timeoutSeconds",
        5,
        "failureThreshold",
        6);
  }
}
