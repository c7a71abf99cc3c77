package dev.fairway.compiler;

/** Whoever wants to know what a long pass is doing. */
@FunctionalInterface
public interface Progress {
  /** For those who don't. */
  Progress SILENT = step -> {};

  /** A step begins. */
  void step(String step);
}
