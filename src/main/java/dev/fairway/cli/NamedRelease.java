package dev.fairway.cli;

import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.Release;
import java.io.IOException;

/** What a name on the command line stands for: a folder, a channel, a commit. */
interface NamedRelease {
  /** The release, or why there is none of that name. */
  Outcome<Release> find(String name) throws IOException;
}
