package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Answers of APIs as JSON, with the names that the API's model gives their members. */
final class Documents {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Documents() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static ArrayNode array(String... texts) {
    var array = NODES.arrayNode();
    for (var text : texts) {
      array.add(text);
    }
    return array;
  }

  /** An object with these members. */
  static ObjectNode object(Map<String, ?> members) {
    var object = object();
    members.forEach((name, value) -> object.set(name, MAPPER.valueToTree(value)));
    return object;
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static JsonNode parse(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** What an SDK read; what it did not find in the answer is left out. */
  static ObjectNode of(SdkPojo answer) {
    var object = object();
    for (SdkField<?> field : answer.sdkFields()) {
      var value = field.getValueOrDefault(answer);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        object.set(field.memberName(), value(value));
      }
    }
    return object;
  }

  private static JsonNode value(Object value) {
    return switch (value) {
      case SdkPojo pojo -> of(pojo);
      case List<?> list -> {
        var array = NODES.arrayNode();
        list.forEach(element -> array.add(value(element)));
        yield array;
      }
      case Boolean bool -> NODES.booleanNode(bool);
      default -> NODES.textNode(value.toString());
    };
  }

  /** The result within an answer of a Query API. */
  static JsonNode ofXml(String xml) {
    try {
      var root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)))
              .getDocumentElement();
      return value(root).path(root.getTagName().replace("Response", "Result"));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException(xml, e);
    }
  }

  private static JsonNode value(Element element) {
    var object = object();
    var array = NODES.arrayNode();
    boolean hasElements = false;
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        hasElements = true;
        if (child.getTagName().equals("member")) {
          array.add(value(child));
        } else {
          object.set(child.getTagName(), value(child));
        }
      }
    }
    if (!hasElements) {
      return NODES.textNode(element.getTextContent());
    }
    return array.isEmpty() ? object : array;
  }
}
