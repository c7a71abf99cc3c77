package dev.fairway.diagnostic;

/** Turns a report into text for one kind of reader. */
@FunctionalInterface
public interface Renderer {
  /** For people at a terminal. */
  Renderer TEXT = new TextRenderer();

  /** For programs: one JSON document. */
  Renderer JSON = new JsonRenderer();

  /** For GitHub Actions, which turns each line into an annotation of the pull request. */
  Renderer GITHUB = new GithubRenderer();

  /** The report, ending with a line break unless it is empty. */
  String render(Report report);
}
