package dev.fairway.compiler;

import dev.fairway.check.Rules;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import dev.fairway.platform.Platform;
import dev.fairway.release.PackedRelease;
import dev.fairway.release.Release;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * From a platform to a release. Every pass collects what it finds, and the compiler stops between
 * passes.
 *
 * @param validate whether CDK validates what it synthesizes; part of the cache's keys
 */
public record Compiler(Cache cache, boolean validate, Progress progress) {

  /**
   * A release, and what of it was not in the cache.
   *
   * @param emitted such as {@code templates/network} or {@code manifests/coredns}
   */
  public record Compilation(Release release, List<String> emitted) {}

  /**
   * Compiles the platform as this program declares it. The program is the only input, so where it
   * is the same as in an earlier run nothing is declared, checked or emitted again.
   */
  public Outcome<Compilation> compile() throws IOException {
    var known = cache.get(key());
    if (known.isPresent()) {
      return Outcome.of(new Compilation(PackedRelease.unpack(known.get()), List.of()));
    }
    var compiled = compile(Platform.declare());
    if (compiled.value().isPresent() && compiled.diagnostics().all().isEmpty()) {
      remember(compiled.value().get().release());
    }
    return compiled;
  }

  /** Has {@link #compile()} answer with this release for as long as the program is the same. */
  void remember(Release release) throws IOException {
    cache.put(key(), PackedRelease.pack(release));
  }

  /** The program is the class files, the libraries that emit, and the types of Kubernetes. */
  private Digest key() throws IOException {
    return Digest.of(
        ModelText.of(
            List.of(
                "release",
                ClassFiles.ofFairway().digest().hex(),
                ManifestEmitter.libraries(),
                TemplateEmitter.libraries(),
                ClassFiles.library(HasMetadata.class),
                validate)));
  }

  /** Runs all passes on the platform. */
  public Outcome<Compilation> compile(Platform platform) throws IOException {
    progress.step("checks the model");
    var checked = Rules.check(platform);
    if (checked.hasErrors()) {
      return new Outcome<>(Optional.empty(), checked);
    }
    var emission = new Emitter(cache, ClassFiles.ofFairway(), validate, progress).emit(platform);
    return Outcome.unlessErrors(checked, () -> platform)
        .then(_ -> emission)
        .then(emitted -> confirmed(platform, emitted))
        .map(emitted -> new Compilation(Packaging.of(platform, emitted), emitted.emitted()));
  }

  private static Outcome<Emission> confirmed(Platform platform, Emission emission) {
    var diagnostics = new Diagnostics.Collector();
    for (var template : platform.templates()) {
      diagnostics.addAll(Confirmation.of(template, emission.template(template)));
    }
    for (var part : platform.parts()) {
      diagnostics.addAll(ManifestConfirmation.of(part, emission.manifest(part)));
    }
    return Outcome.unlessErrors(diagnostics.diagnostics(), () -> emission);
  }
}
