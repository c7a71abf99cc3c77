package dev.fairway.deploy.run;

/** Who follows a deploy. Called from any thread, so it is safe for several. */
@FunctionalInterface
public interface Listener {
  Listener SILENT = _ -> {};

  void told(Event event);
}
