package dev.fairway.diff;

/** What part of a release a difference is in, in the order in which a reviewer reads them. */
public enum Area {
  KUBERNETES("Kubernetes"),
  COMPONENTS("components"),
  STACKS("CloudFormation"),
  IAM("IAM"),
  NETWORK("security groups"),
  NODES("node configs"),
  MANIFESTS("manifests"),
  IMAGES("images"),
  ROLES("roles"),
  PORTS("ports"),
  SYMBOLS("symbols"),
  OTHER("other files");

  private final String title;

  Area(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
