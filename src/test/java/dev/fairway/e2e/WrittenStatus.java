package dev.fairway.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** What kubelets and controllers write of themselves. */
final class WrittenStatus {
  private WrittenStatus() {}

  /** A patch that names no version of the object: real controllers change it at the same time. */
  static void of(KubernetesClient client, HasMetadata object, Object status) {
    client
        .resource(object)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            Serialization.asJson(Map.of("status", status)));
  }
}
