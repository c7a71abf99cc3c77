package dev.fairway.platform.cloud;

/** To be declared. */
public record Foundation() implements Template {
  @Override
  public String name() {
    return "foundation";
  }

  @Override
  public String description() {
    return "foundation";
  }
}
