package dev.fairway;

import dev.fairway.compiler.Cache;
import dev.fairway.compiler.Compiler;
import dev.fairway.compiler.Compiler.Compilation;
import dev.fairway.compiler.Progress;
import dev.fairway.link.Linkable;
import dev.fairway.platform.Platform;
import dev.fairway.release.Folders;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseFolder;
import dev.fairway.source.FleetReader;
import dev.fairway.source.FleetSource;
import dev.fairway.source.PlatformFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The platform, compiled with nothing from a cache and without CDK's validation, once for all the
 * tests of a run: jsii takes seconds to start.
 */
public final class Compiled {
  private static final Path HOME = Path.of("target/compiled");

  private Compiled() {}

  /** A class that nobody asks for is not initialized, and so nothing is compiled for it. */
  private static final class Once {
    private static final Platform PLATFORM = Platform.declare();
    private static final Compilation COMPILATION = compile();
    private static final Linkable LINKABLE = Linkable.of(COMPILATION.release());

    private static Compilation compile() {
      try {
        Folders.delete(HOME);
        var compiled = compiler(Cache.in(cache())).compile();
        if (compiled.value().isEmpty()) {
          throw new AssertionError("the platform does not compile: " + compiled.diagnostics());
        }
        ReleaseFolder.write(compiled.value().get().release(), folder());
        return compiled.value().get();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A compiler as the fixture's own, with another cache. */
  public static Compiler compiler(Cache cache) {
    return new Compiler(cache, false, Progress.SILENT);
  }

  public static Platform platform() {
    return Once.PLATFORM;
  }

  public static Compilation compilation() {
    return Once.COMPILATION;
  }

  public static Release release() {
    return Once.COMPILATION.release();
  }

  public static Linkable linkable() {
    return Once.LINKABLE;
  }

  /** Stands where a checkout does: what the command line compiles here is in its cache. */
  public static Path home() {
    return HOME;
  }

  /** What the compilation left in the cache; tests may add to it, and damage none of it. */
  public static Path cache() {
    return HOME.resolve("target/cache");
  }

  /** The release in a folder; no test changes it. */
  public static Path folder() {
    return HOME.resolve("release");
  }

  /** The example fleet. */
  public static FleetSource fleet() {
    return FleetReader.read(Path.of("clusters"), facts()).value().orElseThrow();
  }

  /** What a cluster record may name. */
  public static PlatformFacts facts() {
    return PlatformFacts.of(Once.PLATFORM.profiles(), List.of("dev", "alpha", "stable"));
  }
}
