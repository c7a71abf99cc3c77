package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * What a template wants and a stack has.
 *
 * @param id as CloudFormation has it
 * @param wanted the properties, resolved
 * @param siblings the ids of all that the stack has, and the names of its policies
 */
record Resource(String type, String id, ObjectNode wanted, Set<String> siblings) {

  String text(String property) {
    return wanted.path(property).asText();
  }
}
