package dev.fairway.platform.cloud;

/** To be declared. */
public record ControlPlane() implements Template {
  @Override
  public String name() {
    return "control-plane";
  }

  @Override
  public String description() {
    return "control-plane";
  }
}
