package dev.fairway.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Map;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectProps;
import org.cdk8s.JsonPatch;
import software.constructs.Construct;

/**
 * A service on the JVM, with all that it needs to run well: a heap that follows its memory limit,
 * an end that loses no request, pods that come and go with the load and are spread over zones, and
 * a way in through Skipper. Stands in any cdk8s chart; what it makes is told in {@code
 * docs/workloads.md}.
 */
public final class JvmService extends Construct {
  /** In one order, or the same service would be other bytes with each run. */
  private static final ObjectMapper TYPES =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /**
   * Adds the objects of the service to a chart.
   *
   * @param scope the chart, or a construct in it
   * @param id unique in the scope
   */
  public JvmService(Construct scope, String id, JvmServiceProps props) {
    super(scope, id);
    new JvmObjects(props).all().forEach(this::add);
  }

  private void add(HasMetadata object) {
    Map<String, Object> tree =
        TYPES.convertValue(
            object, TYPES.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
    var props =
        ApiObjectProps.builder().apiVersion(object.getApiVersion()).kind(object.getKind()).build();
    var patches = new ArrayList<JsonPatch>();
    tree.forEach((key, value) -> {
      if (!key.equals("apiVersion") && !key.equals("kind") && value != null) {
        patches.add(JsonPatch.add("/" + key, value));
      }
    });
    // One message to jsii for all fields of an object.
    new ApiObject(this, object.getKind(), props).addJsonPatch(patches.toArray(JsonPatch[]::new));
  }
}
