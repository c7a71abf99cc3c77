package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.e2e.cloud.Descriptions.Describer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** IAM: roles, instance profiles and policies. */
record IdentityDescriptions(UnsignedRequests requests) {
  private static final String VERSION = "2010-05-08";

  Map<String, Describer> all() {
    return Map.of(
        "AWS::IAM::Role", this::role,
        "AWS::IAM::InstanceProfile", this::profile,
        "AWS::IAM::Policy", this::policy);
  }

  private Optional<ObjectNode> role(Resource resource) {
    var name = resource.id();
    var found = call("GetRole", "RoleName", name).map(answer -> object(answer.path("Role")));
    found.ifPresent(role -> {
      role.set("AssumeRolePolicyDocument", document(role.path("AssumeRolePolicyDocument")));
      var policies = role.putArray("Policies");
      // A policy that is a resource of its own is among them, and judged as such.
      for (var policyName : list("ListRolePolicies", "RoleName", name, "PolicyNames")) {
        if (!resource.siblings().contains(policyName.asText())) {
          policies.add(inlinePolicy(name, policyName.asText()).orElseThrow());
        }
      }
      role.set("Tags", list("ListRoleTags", "RoleName", name, "Tags"));
    });
    return found;
  }

  private Optional<ObjectNode> inlinePolicy(String roleName, String policyName) {
    return call("GetRolePolicy", "RoleName", roleName, "PolicyName", policyName)
        .map(IdentityDescriptions::object)
        .map(policy ->
            policy.<ObjectNode>set("PolicyDocument", document(policy.path("PolicyDocument"))));
  }

  private Optional<ObjectNode> profile(Resource resource) {
    var found =
        call("GetInstanceProfile", "InstanceProfileName", resource.id())
            .map(answer -> object(answer.path("InstanceProfile")));
    found.ifPresent(profile -> {
      var names = Documents.array();
      profile.path("Roles").forEach(role -> names.add(role.path("RoleName")));
      profile.set("Roles", names);
    });
    return found;
  }

  /** An inline policy of several roles: it is there as far as each of them has it alike. */
  private Optional<ObjectNode> policy(Resource resource) {
    var policyName = resource.text("PolicyName");
    var roles = Documents.array();
    var documents = new TreeMap<String, JsonNode>();
    for (var role : resource.wanted().path("Roles")) {
      inlinePolicy(role.asText(), policyName)
          .ifPresent(policy -> {
            roles.add(role);
            documents.put(policy.path("PolicyDocument").toString(), policy.path("PolicyDocument"));
          });
    }
    if (documents.size() != 1) {
      return Optional.empty();
    }
    var policy = Documents.object().put("PolicyName", policyName);
    policy.set("Roles", roles);
    policy.set("PolicyDocument", documents.firstEntry().getValue());
    return Optional.of(policy);
  }

  private JsonNode list(String action, String key, String value, String member) {
    var list = call(action, key, value).orElseThrow().path(member);
    return list.isArray() ? list : Documents.array();
  }

  private Optional<JsonNode> call(String action, String... parameters) {
    var form = new TreeMap<String, String>();
    for (int i = 0; i < parameters.length; i += 2) {
      form.put(parameters[i], parameters[i + 1]);
    }
    return requests.query("iam", VERSION, action, form).map(Documents::ofXml);
  }

  private static ObjectNode object(JsonNode node) {
    return (ObjectNode) node;
  }

  private static JsonNode document(JsonNode text) {
    return Documents.parse(URLDecoder.decode(text.asText(), StandardCharsets.UTF_8));
  }
}
