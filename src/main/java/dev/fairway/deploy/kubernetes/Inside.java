package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists and deletes objects of a cluster that is to go. */
final class Inside {
  private static final int PAGE = 500;

  private final ClusterApi api;
  private final Guard guard;

  /**
   * @param guard asked before each deletion, and before each further try of one
   */
  Inside(ClusterApi api, Guard guard) {
    this.api = api;
    this.guard = guard;
  }

  /** All of a kind, in as many pages as it takes. */
  Outcome<List<JsonNode>> list(Listed kind, Deadline deadline) {
    var all = new ArrayList<JsonNode>();
    var from = "";
    while (true) {
      var path = kind.path() + "?limit=" + PAGE + from;
      var page = api.ask(Request.get(path), deadline, "list " + kind.plural());
      if (page.value().isEmpty()) {
        return Outcomes.error(page.diagnostics());
      }
      Workloads.elements(page.value().get().path("items")).forEach(all::add);
      var next = page.value().get().at("/metadata/continue").asText("");
      if (next.isEmpty()) {
        return Outcome.of(all);
      }
      from = "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
  }

  /** What has begun to go is left to go; one that is gone is no error, nor is one made anew. */
  Diagnostics delete(Listed kind, List<JsonNode> objects, Deadline deadline) {
    var found = new Diagnostics.Collector();
    var staying =
        objects.stream()
            .filter(object -> object.at("/metadata/deletionTimestamp").isMissingNode())
            .toList();
    Parallel.map(staying, object -> delete(kind, object, deadline)).forEach(found::addAll);
    return found.diagnostics();
  }

  private Diagnostics delete(Listed kind, JsonNode object, Deadline deadline) {
    var options = JsonNodeFactory.instance.objectNode();
    options.put("propagationPolicy", "Background");
    options.putObject("preconditions").set("uid", object.at("/metadata/uid"));
    return switch (api.send(Request.delete(kind.path(object), options), deadline, guard)) {
      case Answer.Done _ -> Diagnostics.NONE;
      case Answer.Refused refused when refused.isMissing() || refused.isOutdated() ->
          Diagnostics.NONE;
      case Answer answer -> Diagnostics.of(Refusals.of(api, "delete " + kind.ref(object), answer));
    };
  }
}
