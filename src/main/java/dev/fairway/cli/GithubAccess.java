package dev.fairway.cli;

import dev.fairway.channel.Github;
import dev.fairway.diagnostic.Outcome;
import java.util.Map;

/** The one place that reads what a workflow's environment says about GitHub. */
final class GithubAccess {
  /** Where people have their pull requests who have no GitHub of their own. */
  private static final String PUBLIC_API = "https://api.github.com";

  private GithubAccess() {}

  static Outcome<Github> ofEnvironment() {
    return of(Environment.all());
  }

  static Outcome<Github> of(Map<String, String> environment) {
    return Github.of(
        environment.getOrDefault("GITHUB_API_URL", PUBLIC_API),
        environment.getOrDefault("GITHUB_REPOSITORY", ""),
        environment.getOrDefault("GITHUB_TOKEN", ""));
  }
}
