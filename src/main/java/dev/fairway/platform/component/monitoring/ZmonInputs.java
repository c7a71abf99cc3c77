package dev.fairway.platform.component.monitoring;

import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Volumes;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;

/**
 * What only a fleet knows of its ZMON: images of programs that nobody publishes any more, where the
 * data service is, and who says that we are we. Credentials stand in a Secret that the fleet makes
 * in kube-system; no manifest holds them.
 */
final class ZmonInputs {
  private static final String CREDENTIALS = "/meta/credentials";

  private static final Text URL =
      new Text("(https://[A-Za-z0-9.-]+(:[0-9]+)?[A-Za-z0-9._~/?=&%-]*)?", "an https:// URL");

  static final Symbol AGENT_IMAGE =
      Image.setting("zmon_agent_image", "The image of the agent that tells ZMON of the cluster");

  static final Symbol AWS_AGENT_IMAGE =
      Image.setting(
          "zmon_aws_agent_image", "The image of the agent that tells ZMON of the AWS account");

  static final Symbol SCHEDULER_IMAGE =
      Image.setting("zmon_scheduler_image", "The image of what says which check is due");

  static final Symbol WORKER_IMAGE =
      Image.setting("zmon_worker_image", "The image of what runs checks");

  static final Symbol DATA_SERVICE =
      Symbol.setting(
          "zmon_data_service_url",
          new Text("(https://[A-Za-z0-9.-]+(:[0-9]+)?)?", "an https:// URL without a path"),
          "",
          "Where ZMON takes entities and results, and gives checks");

  private static final Symbol ACCESS_TOKENS =
      Symbol.setting(
          "zmon_access_token_url", URL, "", "Where ZMON's programs get their OAuth access tokens");

  private static final Symbol SECRET =
      Symbol.setting(
          "zmon_credentials_secret",
          new Text("([a-z0-9]([a-z0-9.-]*[a-z0-9])?)?", "a Secret's name"),
          "",
          "The Secret in kube-system with user.json and client.json, which tokens are given for,"
              + " and where databases are checked sql-user and sql-pass");

  private ZmonInputs() {}

  /** In the order in which they are missed. */
  static List<Symbol> all() {
    return List.of(
        AGENT_IMAGE,
        AWS_AGENT_IMAGE,
        SCHEDULER_IMAGE,
        WORKER_IMAGE,
        DATA_SERVICE,
        ACCESS_TOKENS,
        SECRET);
  }

  /** As ZMON calls the account. */
  static String account() {
    return "aws:" + Facts.ACCOUNT.token();
  }

  /** What every program needs to be let in by the data service. */
  static List<EnvVar> tokens() {
    return List.of(
        EnvVars.of("CREDENTIALS_DIR", CREDENTIALS),
        EnvVars.of("OAUTH2_ACCESS_TOKEN_URL", accessTokens()));
  }

  static String accessTokens() {
    return ACCESS_TOKENS.token();
  }

  /** A value of the Secret that may be missing, for who checks no databases. */
  static EnvVar secret(String name, String key) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef(key, SECRET.token(), true)
        .endValueFrom()
        .build();
  }

  /** Where the credentials are, and a place that Python and Java can write to. */
  static List<VolumeMount> mounts() {
    return List.of(Volumes.readOnly("credentials", CREDENTIALS), Volumes.writable("tmp", "/tmp"));
  }

  static List<Volume> volumes() {
    return List.of(Volumes.secret("credentials", SECRET.token()), Volumes.scratch("tmp", "128Mi"));
  }
}
