package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the last deploy that changed something did, kept in the cluster: ConfigMap {@code
 * kube-system/fairway-deploy-record}.
 */
public final class DeployRecords {
  private static final ObjectRef REF =
      ObjectRef.of("v1", "ConfigMap", "kube-system", "fairway-deploy-record");

  /** Whatever time the deploy itself was given: what it did is told. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ClusterApi api;
  private final Guard guard;
  private final ConfigMaps maps;

  public DeployRecords(ClusterApi api, Guard guard) {
    this.api = api;
    this.guard = guard;
    this.maps = new ConfigMaps(api);
  }

  /** Empty before the first. */
  public Outcome<Optional<SortedMap<String, String>>> read(Deadline deadline) {
    return maps.read(REF, deadline).map(found -> found.map(map -> data(map.path("data"))));
  }

  private static SortedMap<String, String> data(JsonNode data) {
    var record = new TreeMap<String, String>();
    data.properties().forEach(entry -> record.put(entry.getKey(), entry.getValue().asText()));
    return record;
  }

  /**
   * Replaces the record, unless it says the same already.
   *
   * @param record by key: letters, digits, dash, underscore and dot
   */
  public Outcome<SortedMap<String, String>> write(SortedMap<String, String> record) {
    var deadline = Deadline.in(LIMIT, api.clock());
    return maps.read(REF, deadline)
        .then(found -> {
          var wanted = map(found, record);
          return found.filter(wanted::equals).isPresent()
              ? Outcome.of(record)
              : maps.write(REF, wanted, deadline, guard).map(_ -> record);
        });
  }

  private static ObjectNode map(Optional<ObjectNode> stored, SortedMap<String, String> record) {
    var map = stored.map(ObjectNode::deepCopy).orElseGet(JsonNodeFactory.instance::objectNode);
    var data = map.putObject("data");
    record.forEach(data::put);
    return map;
  }
}
