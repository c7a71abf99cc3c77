package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.platform.cloud.Template;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a synthesized template back as JSON and holds it against the facts: what rules judge by
 * must be declared if and only if it is there. So a rule on the model is a rule on the bytes.
 */
final class Confirmation {
  private static final ObjectMapper VALUES = new ObjectMapper();

  private final Template facts;
  private final JsonNode template;
  private final Diagnostics.Collector diagnostics = new Diagnostics.Collector();

  private Confirmation(Template facts, JsonNode template) {
    this.facts = facts;
    this.template = template;
  }

  static Diagnostics of(Template facts, JsonNode template) {
    var confirmation = new Confirmation(facts, template);
    confirmation.compare("export", confirmation.declaredExports(), confirmation.foundExports());
    confirmation.compare(
        "rule of reach", ReachConfirmation.declared(facts), ReachConfirmation.found(template));
    confirmation.compare("policy", confirmation.declaredPolicies(), confirmation.foundPolicies());
    confirmation.compare(
        "listener", confirmation.declaredListeners(), confirmation.foundListeners());
    confirmation.compare(
        "Auto Scaling group", confirmation.declaredGroups(), confirmation.foundGroups());
    return confirmation.diagnostics.diagnostics();
  }

  private void compare(String what, Map<String, JsonNode> declared, Map<String, JsonNode> found) {
    var names = new TreeSet<>(declared.keySet());
    names.addAll(found.keySet());
    for (var name : names) {
      var fact = declared.get(name);
      var seen = found.get(name);
      if (seen == null) {
        report(what + " " + name + " is declared, and not in the template: " + fact);
      } else if (fact == null) {
        report(what + " " + name + " is in the template, and not declared: " + seen);
      } else if (!fact.equals(seen)) {
        report(what + " " + name + " is declared as " + fact + ", but the template has " + seen);
      }
    }
  }

  private Map<String, JsonNode> declaredExports() {
    var exports = new TreeMap<String, JsonNode>();
    facts
        .exports()
        .forEach(export ->
            exports.put("${ClusterId}:" + export.name(), json(export.value().cloudFormation())));
    return exports;
  }

  private Map<String, JsonNode> foundExports() {
    var exports = new TreeMap<String, JsonNode>();
    for (var output : template.path("Outputs")) {
      if (output.has("Export")) {
        var name = output.path("Export").path("Name");
        exports.put(name.path("Fn::Sub").asText(name.toString()), output.required("Value"));
      }
    }
    return exports;
  }

  private Map<String, JsonNode> declaredPolicies() {
    var policies = new TreeMap<String, JsonNode>();
    for (var policy : facts.policies()) {
      policies.put(policy.logicalId() + "/" + policy.property(), json(policy.document()));
    }
    return policies;
  }

  /**
   * A policy document is what has a version and statements, wherever it stands. A managed policy is
   * one that nobody here can read, so there is no way to declare it.
   */
  private Map<String, JsonNode> foundPolicies() {
    var policies = new TreeMap<String, JsonNode>();
    template
        .path("Resources")
        .properties()
        .forEach(resource ->
            findPolicies(resource.getKey(), resource.getValue().path("Properties"), policies));
    return policies;
  }

  private static void findPolicies(String place, JsonNode tree, Map<String, JsonNode> policies) {
    if (tree.has("Version") && tree.has("Statement")) {
      policies.put(place, tree);
      return;
    }
    if (!tree.path("ManagedPolicyArns").isEmpty()) {
      policies.put(place + "/ManagedPolicyArns", tree.required("ManagedPolicyArns"));
    }
    tree.properties()
        .forEach(entry -> findPolicies(place + "/" + entry.getKey(), entry.getValue(), policies));
    if (tree.isArray()) {
      for (var index = 0; index < tree.size(); index++) {
        findPolicies(place + "/" + index, tree.required(index), policies);
      }
    }
  }

  private Map<String, JsonNode> declaredListeners() {
    var listeners = new TreeMap<String, JsonNode>();
    for (var listener : facts.listeners()) {
      var json = JsonNodeFactory.instance.objectNode();
      json.put("LoadBalancerPort", Integer.toString(listener.port()));
      json.put("Protocol", listener.protocol());
      json.put("InstancePort", Integer.toString(listener.instancePort()));
      json.put("InstanceProtocol", listener.instanceProtocol());
      listener
          .certificate()
          .ifPresent(value -> json.set("SSLCertificateId", json(value.cloudFormation())));
      listeners.put(Integer.toString(listener.port()), json);
    }
    return listeners;
  }

  private Map<String, JsonNode> foundListeners() {
    var listeners = new TreeMap<String, JsonNode>();
    resources("AWS::ElasticLoadBalancing::LoadBalancer")
        .values()
        .forEach(balancer -> {
          for (var listener : balancer.path("Listeners")) {
            ObjectNode known = listener.deepCopy();
            known.retain(
                "LoadBalancerPort",
                "Protocol",
                "InstancePort",
                "InstanceProtocol",
                "SSLCertificateId");
            listeners.put(known.path("LoadBalancerPort").asText(), known);
          }
        });
    return listeners;
  }

  private Map<String, JsonNode> declaredGroups() {
    var groups = new TreeMap<String, JsonNode>();
    for (var group : facts.scalingGroups()) {
      groups.put(
          group.logicalId(),
          json(
              Map.of(
                  "MinSize", group.min().cloudFormation(),
                  "MaxSize", group.max().cloudFormation())));
    }
    return groups;
  }

  private Map<String, JsonNode> foundGroups() {
    var groups = new TreeMap<String, JsonNode>();
    resources("AWS::AutoScaling::AutoScalingGroup")
        .forEach((id, properties) -> {
          ObjectNode sizes = properties.deepCopy();
          groups.put(id, sizes.retain("MinSize", "MaxSize"));
        });
    return groups;
  }

  /** The properties of the resources of a type, by logical id. */
  private Map<String, JsonNode> resources(String type) {
    var found = new TreeMap<String, JsonNode>();
    template
        .path("Resources")
        .properties()
        .forEach(resource -> {
          if (resource.getValue().path("Type").asText().equals(type)) {
            found.put(resource.getKey(), resource.getValue().path("Properties"));
          }
        });
    return found;
  }

  private void report(String message) {
    diagnostics.add(
        Diagnostic.general(
            Code.NOT_CONFIRMED,
            "templates/" + facts.name() + ".json: " + message,
            "make the construct say what " + facts.getClass().getSimpleName() + ".java declares"));
  }

  private static JsonNode json(Object value) {
    return VALUES.valueToTree(value);
  }
}
