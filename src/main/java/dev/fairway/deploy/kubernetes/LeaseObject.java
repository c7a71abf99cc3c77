package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The Lease as the server has it; every write names the version that it is a change of. */
final class LeaseObject {
  static final ObjectRef REF =
      ObjectRef.of("coordination.k8s.io/v1", "Lease", "kube-system", "fairway-deploy");

  private static final String COLLECTION =
      "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
  private static final String PATH = COLLECTION + "/" + REF.name();
  private static final String QUERY = "?fieldManager=" + ApplySet.FIELD_MANAGER;

  /** What Kubernetes calls MicroTime. */
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private LeaseObject() {}

  static Request get() {
    return Request.get(PATH);
  }

  static Request put(ObjectNode lease) {
    return Request.put(PATH + QUERY, lease);
  }

  static Request post(ObjectNode lease) {
    return Request.post(COLLECTION + QUERY, lease);
  }

  static ObjectNode fresh() {
    var lease = JsonNodeFactory.instance.objectNode();
    lease.put("apiVersion", REF.apiVersion()).put("kind", REF.kind());
    lease
        .putObject("metadata")
        .put("name", REF.name())
        .put("namespace", REF.namespace().orElseThrow());
    return lease;
  }

  static ObjectNode taken(ObjectNode lease, String holder, Duration duration, Instant now) {
    var taken = lease.deepCopy();
    var spec = taken.withObjectProperty("spec");
    spec.put("leaseTransitions", spec.path("leaseTransitions").asInt(-1) + 1);
    spec.put("holderIdentity", holder).put("acquireTime", MICROS.format(now));
    spec.put("leaseDurationSeconds", Math.max(1, (int) duration.toSeconds()));
    return renewed(taken, now);
  }

  static ObjectNode renewed(ObjectNode lease, Instant now) {
    var renewed = lease.deepCopy();
    renewed.withObjectProperty("spec").put("renewTime", MICROS.format(now));
    return renewed;
  }

  static ObjectNode released(ObjectNode lease) {
    var released = lease.deepCopy();
    released.withObjectProperty("spec").remove("holderIdentity");
    return released;
  }

  static Optional<String> holder(JsonNode lease) {
    return Optional.of(lease.at("/spec/holderIdentity").asText("")).filter(text -> !text.isEmpty());
  }

  static Duration duration(JsonNode lease) {
    return Duration.ofSeconds(lease.at("/spec/leaseDurationSeconds").asLong(0));
  }

  static String since(JsonNode lease) {
    return lease.at("/spec/acquireTime").asText("a time unknown");
  }

  static String version(JsonNode lease) {
    return lease.at("/metadata/resourceVersion").asText();
  }
}
