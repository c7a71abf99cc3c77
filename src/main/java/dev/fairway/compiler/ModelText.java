package dev.fairway.compiler;

import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * A text that two facts share if and only if they are equal: every value with its type and length.
 * Cache keys are made of it.
 */
final class ModelText {
  private final StringBuilder text = new StringBuilder();

  private ModelText() {}

  static String of(Object fact) {
    var writer = new ModelText();
    writer.write(fact);
    return writer.text.toString();
  }

  private void write(Object value) {
    switch (value) {
      case Record fact -> record(fact);
      case Optional<?> optional -> {
        text.append('?');
        optional.ifPresent(this::write);
        text.append(';');
      }
      case Map<?, ?> map -> {
        text.append('{');
        map.forEach((key, item) -> {
          write(key);
          write(item);
        });
        text.append('}');
      }
      case Collection<?> items -> {
        text.append('[');
        items.forEach(this::write);
        text.append(']');
      }
      case String string -> scalar("s", string);
      case Enum<?> constant -> scalar(constant.getDeclaringClass().getName(), constant.name());
      case Number number -> scalar(number.getClass().getSimpleName(), number.toString());
      case Boolean truth -> scalar("b", truth.toString());
      default -> throw new IllegalArgumentException("no fact: " + value.getClass());
    }
  }

  private void scalar(String type, String value) {
    text.append(type).append(value.length()).append(':').append(value);
  }

  private void record(Record fact) {
    text.append(fact.getClass().getName()).append('(');
    for (var component : fact.getClass().getRecordComponents()) {
      try {
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        write(accessor.invoke(fact));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("a record can always be read: " + fact.getClass(), e);
      }
    }
    text.append(')');
  }
}
