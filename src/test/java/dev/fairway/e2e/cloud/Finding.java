package dev.fairway.e2e.cloud;

/**
 * What became of a property, or of a whole resource when there is no path.
 *
 * @param path of the property, without places in lists: {@code Listeners.Protocol}
 * @param wanted by the template with the stack's parameters
 * @param actual by the engine's API
 */
public record Finding(
    String stack,
    String logicalId,
    String type,
    String path,
    Kind kind,
    String wanted,
    String actual) {

  /** How far wanted and actual agree. */
  public enum Kind {
    EQUAL,
    DIFFERS,
    /** The template wants the resource, and the API knows none; or the other way round. */
    MISSING,
    /** The resource is there, and the API says nothing of the property. */
    NOT_ANSWERED
  }

  /** What a list of properties that are known to have no answer goes by. */
  public String property() {
    return type + " " + path;
  }

  @Override
  public String toString() {
    return "%s %s (%s) %s %s: wanted %s, is %s"
        .formatted(stack, logicalId, type, path, kind, wanted, actual);
  }
}
