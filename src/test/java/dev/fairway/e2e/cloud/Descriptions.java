package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Asks an engine's own API for a resource, and answers in the words of CloudFormation: its
 * properties, and its attributes beside them.
 */
final class Descriptions {
  /** Asks for one type; empty when there is no such resource. */
  interface Describer {
    Optional<ObjectNode> describe(Resource resource);
  }

  private final Map<String, Describer> describers = new TreeMap<>();

  Descriptions(AwsClients clients) {
    describers.putAll(new NetworkDescriptions(clients.ec2()).all());
    describers.putAll(new RuleDescriptions(clients.ec2()).all());
    describers.putAll(new ComputeDescriptions(clients).all());
    describers.putAll(new IdentityDescriptions(clients.json()).all());
    describers.putAll(new StorageDescriptions(clients).all());
    describers.putAll(new NameDescriptions(clients).all());
  }

  Optional<ObjectNode> of(Resource resource) {
    var describer = describers.get(resource.type());
    if (describer == null) {
      throw new AssertionError(
          "nothing here asks for a resource of the type %s; add it to the comparison"
              .formatted(resource.type()));
    }
    return describer.describe(resource);
  }
}
