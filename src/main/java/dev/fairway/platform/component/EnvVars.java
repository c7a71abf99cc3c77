package dev.fairway.platform.component;

import dev.fairway.model.Facts;
import dev.fairway.platform.cloud.Addresses;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.List;

/** Environment variables of containers. */
public final class EnvVars {
  private EnvVars() {}

  public static EnvVar of(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  /** A field of the pod, such as {@code spec.nodeName}. */
  public static EnvVar field(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withApiVersion("v1")
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  /**
   * For node agents that must reach the API before Services work: client-go's in-cluster
   * configuration reads these two, and the pod's own win over what the kubelet would set. The API
   * server's certificate carries the name. Everybody else goes through the Service.
   */
  public static List<EnvVar> apiServer() {
    return List.of(
        of("KUBERNETES_SERVICE_HOST", Facts.API_HOST.token()),
        of("KUBERNETES_SERVICE_PORT", Addresses.API.toString()));
  }
}
