package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.e2e.cloud.Descriptions.Describer;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Records of DNS, and groups of logs. */
record NameDescriptions(AwsClients clients) {

  Map<String, Describer> all() {
    return Map.of("AWS::Route53::RecordSet", this::record, "AWS::Logs::LogGroup", this::logGroup);
  }

  private Optional<ObjectNode> record(Resource resource) {
    var zone = resource.text("HostedZoneId");
    return clients
        .route53()
        .listResourceRecordSetsPaginator(request -> request.hostedZoneId(zone))
        .resourceRecordSets()
        .stream()
        .filter(record -> withoutDot(record.name()).equals(withoutDot(resource.text("Name"))))
        .filter(record -> record.typeAsString().equals(resource.text("Type")))
        .findFirst()
        .map(record -> inWords(record, zone));
  }

  private static ObjectNode inWords(ResourceRecordSet record, String zone) {
    var words = Documents.of(record);
    words.put("HostedZoneId", zone).put("Name", withoutDot(record.name()));
    var values = Documents.array();
    record.resourceRecords().forEach(value -> values.add(value.value()));
    words.set("ResourceRecords", values);
    if (words.path("AliasTarget") instanceof ObjectNode target) {
      target.put("DNSName", withoutDot(target.path("DNSName").asText()));
    }
    return words;
  }

  /** The API answers names with the dot of the root, which a template may leave out. */
  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private Optional<ObjectNode> logGroup(Resource resource) {
    var answer =
        clients
            .json()
            .call(
                "logs",
                "Logs_20140328.DescribeLogGroups",
                Map.of("logGroupNamePrefix", resource.id()));
    return StreamSupport.stream(answer.path("logGroups").spliterator(), false)
        .filter(group -> group.path("logGroupName").asText().equals(resource.id()))
        .findFirst()
        .map(group -> {
          var words = Documents.object().put("LogGroupName", resource.id());
          words.set("RetentionInDays", group.path("retentionInDays"));
          words.set("Arn", group.path("arn"));
          words.set("Tags", tags(resource.id()));
          return words;
        });
  }

  private ArrayNode tags(String logGroup) {
    var tags = Documents.array();
    clients
        .json()
        .call("logs", "Logs_20140328.ListTagsLogGroup", Map.of("logGroupName", logGroup))
        .path("tags")
        .properties()
        .forEach(
            tag -> tags.addObject().put("Key", tag.getKey()).put("Value", tag.getValue().asText()));
    return tags;
  }
}
