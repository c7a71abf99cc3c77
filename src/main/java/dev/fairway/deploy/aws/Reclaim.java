package dev.fairway.deploy.aws;

/** What is to become of a volume when its cluster goes. */
public enum Reclaim {
  DELETE("delete"),
  RETAIN("retain");

  private final String word;

  Reclaim(String word) {
    this.word = word;
  }

  /** As tags and command lines have it. */
  public String word() {
    return word;
  }
}
