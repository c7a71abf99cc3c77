package dev.fairway.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SortedMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.URIish;

/**
 * A remote to try channels on, with nobody else on it: a bare repository whose main holds policies
 * and records, and a clone of it.
 */
public final class DemoRemote {
  private static final String MAIN = "main";

  private DemoRemote() {}

  /**
   * Makes both; neither folder may exist.
   *
   * @param files of main, by path with slashes
   */
  public static void make(Path bare, Path clone, SortedMap<String, byte[]> files, Instant now)
      throws IOException {
    try (var remote =
            Git.init().setBare(true).setInitialBranch(MAIN).setDirectory(bare.toFile()).call();
        var git = Git.init().setInitialBranch(MAIN).setDirectory(clone.toFile()).call()) {
      for (var file : files.entrySet()) {
        var path = clone.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
      var person = new PersonIdent("demo", "demo@example.org", now, ZoneOffset.UTC);
      git.add().addFilepattern(".").call();
      // Whoever signs all of their own commits is not asked for their key here.
      git.commit()
          .setSign(false)
          .setAuthor(person)
          .setCommitter(person)
          .setMessage("Say what the channels ask for, and which clusters there are")
          .call();
      git.remoteAdd()
          .setName(RepositoryAccess.ORIGIN)
          .setUri(new URIish(remote.getRepository().getDirectory().toURI().toURL()))
          .call();
      var _ =
          git.push()
              .setRemote(RepositoryAccess.ORIGIN)
              .setRefSpecs(new RefSpec("refs/heads/main:refs/heads/main"))
              .call();
    } catch (GitAPIException e) {
      throw new IOException(e);
    }
  }
}
