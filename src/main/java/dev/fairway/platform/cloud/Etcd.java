package dev.fairway.platform.cloud;

/** To be declared. */
public record Etcd() implements Template {
  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public String description() {
    return "etcd";
  }
}
