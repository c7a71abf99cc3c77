package dev.fairway.model;

import java.util.List;
import java.util.Map;

/**
 * A policy document and where a template holds it.
 *
 * @param logicalId the resource
 * @param property where the document stands in the resource's properties: {@code PolicyDocument} of
 *     a bucket policy, {@code KeyPolicy} of a key, {@code AssumeRolePolicyDocument} or {@code
 *     Policies/0/PolicyDocument} of a role
 */
public record Policy(String logicalId, String property, List<Statement> statements) {
  public Policy {
    statements = List.copyOf(statements);
  }

  /** The document as CloudFormation's JSON has it. */
  public Map<String, Object> document() {
    return Statement.document(statements);
  }
}
