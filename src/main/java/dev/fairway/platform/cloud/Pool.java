package dev.fairway.platform.cloud;

/** To be declared. */
public record Pool() implements Template {
  @Override
  public String name() {
    return "pool";
  }

  @Override
  public String description() {
    return "pool";
  }
}
