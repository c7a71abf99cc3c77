package dev.fairway.model;

/**
 * A value that a stack offers to the stacks after it, under {@code <cluster id>:<name>}.
 * CloudFormation refuses to change it while it is imported, so the resource behind it is permanent.
 *
 * @param description one sentence for people
 */
public record Export(String name, Value value, String description) {
  public Export {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("not an export's name: " + name);
    }
  }
}
