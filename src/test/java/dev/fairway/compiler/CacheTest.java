package dev.fairway.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.Seeds;
import dev.fairway.Trees;
import dev.fairway.cli.Main;
import dev.fairway.compiler.Compiler.Compilation;
import dev.fairway.model.Digest;
import dev.fairway.platform.Platform;
import dev.fairway.release.Folders;
import dev.fairway.release.Release;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
  @TempDir private Path folder;

  /** A copy of what the one compilation of this run left, to be damaged. */
  private Path warm;

  @BeforeEach
  void copyTheCache() throws IOException {
    warm = folder.resolve("cache");
    Compiled.compilation();
    Trees.copy(Compiled.cache(), warm);
  }

  @Test
  void whatWasCompiledFromNothingWasEmittedAllOfIt() {
    assertThat(Compiled.compilation().emitted())
        .hasSize(Compiled.platform().parts().size() + Compiled.platform().templates().size());
  }

  @Test
  void everyLibraryThatEmitsIsPartOfTheKeys() {
    assertThat(TemplateEmitter.libraries())
        .contains("aws-cdk-lib-", "constructs-", "jsii-runtime-");
    assertThat(ManifestEmitter.libraries()).contains("cdk8s-", "constructs-", "jsii-runtime-");
  }

  @Test
  void unchangedInputIsAnsweredWithTheSameBytes() throws IOException {
    var compiled = value(Compiled.compiler(Cache.in(warm)));

    assertThat(compiled.emitted()).isEmpty();
    assertSame(compiled.release());
  }

  @Test
  void unchangedPartsAreAnsweredWithTheSameBytes() throws IOException {
    var compiled = compile(Compiled.platform(), warm);

    assertThat(compiled.emitted()).isEmpty();
    assertSame(compiled.release());
  }

  /** In a process of its own, whose Node.js can't be started. */
  @Test
  void unchangedInputStartsNoNode() throws Exception {
    Files.createDirectories(folder.resolve("target"));
    Files.move(warm, folder.resolve("target/cache"));
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfairway.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "compile",
                "--no-validation",
                "--out",
                folder.resolve("R").toString())
            .redirectErrorStream(true);
    builder.environment().put("JSII_NODE", "/nonexistent");
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("release " + Compiled.release().digest(), "all known from before");

    Folders.delete(folder.resolve("target/cache"));
    assertThat(builder.start().waitFor()).as("without the cache Node.js is needed").isNotZero();
  }

  @Test
  void aChangedObjectEmitsItsChartAlone() throws IOException {
    var compiled = compile(withOneObjectMore(Compiled.platform(), "coredns"), warm);

    assertThat(compiled.emitted()).containsExactly("manifests/coredns");
    assertThat(compiled.release().files().keySet())
        .containsExactlyElementsOf(Compiled.release().files().keySet());
    assertThat(new String(compiled.release().file("manifests/coredns.yaml"), UTF_8))
        .contains("name: one-more");
    for (var path : compiled.release().files().keySet()) {
      if (!path.equals("manifests/coredns.yaml")) {
        assertThat(compiled.release().file(path)).isEqualTo(Compiled.release().file(path));
      }
    }
  }

  private static Platform withOneObjectMore(Platform platform, String name) {
    var more = new ConfigMapBuilder().withNewMetadata().withName("one-more").endMetadata().build();
    var parts =
        platform.parts().stream()
            .map(part -> part.name().equals(name) ? with(part, more) : part)
            .toList();
    return new Platform(
        platform.kubernetes(),
        platform.profiles(),
        platform.templates(),
        platform.nodes(),
        platform.nodeImages(),
        parts,
        platform.symbols(),
        platform.defunct());
  }

  private static Platform.Part with(Platform.Part part, HasMetadata more) {
    var objects = new ArrayList<>(part.objects());
    objects.add(more);
    return new Platform.Part(
        part.name(),
        part.source(),
        part.enabledBy(),
        part.settings(),
        part.needs(),
        part.images(),
        part.role(),
        part.reach(),
        objects,
        part.fields());
  }

  /** What was never validated must not stand in for what was. */
  @Test
  void damageChangesNoByte() {
    Seeds.check(
        1,
        random -> {
          try {
            damage(random, true);
            var compiled = compile(Compiled.platform(), warm);
            assertSame(compiled.release());
            assertThat(compile(Compiled.platform(), warm).emitted())
                .as("it is whole again")
                .isEmpty();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void aDamagedReleaseIsCompiledAgain() throws IOException {
    damage(new Random(0), false);

    assertSame(value(Compiled.compiler(Cache.in(warm))).release());
  }

  /** Damages some of the entries, or all of them, in whatever way. */
  private void damage(Random random, boolean some) throws IOException {
    var entries = new ArrayList<byte[]>();
    var places = Folders.files(warm).stream().sorted().map(warm::resolve).toList();
    for (var place : places) {
      entries.add(Files.readAllBytes(place));
    }
    for (var place : places) {
      if (!some || random.nextInt(4) == 0) {
        Files.delete(place);
        var damaged = damaged(entries, places.indexOf(place), random);
        if (damaged.isPresent()) {
          Files.write(place, damaged.get());
        }
      }
    }
  }

  private static Optional<byte[]> damaged(List<byte[]> entries, int index, Random random) {
    var bytes = entries.get(index).clone();
    return switch (random.nextInt(5)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      case 2 -> Optional.of(Arrays.copyOf(bytes, bytes.length + 1));
      case 3 -> {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        yield Optional.of(bytes);
      }
      default -> Optional.of(entries.get((index + 1) % entries.size()));
    };
  }

  @Test
  void anEntryInTheOthersPlaceIsNone() throws IOException {
    var cache = Cache.in(folder.resolve("small"));
    var one = Digest.of(new byte[] {1});
    var other = Digest.of(new byte[] {2});
    cache.put(one, new byte[] {11});
    cache.put(other, new byte[] {12});
    Files.copy(place(one), place(other), StandardCopyOption.REPLACE_EXISTING);

    assertThat(cache.get(one)).hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(11));
    assertThat(cache.get(other)).isEmpty();
  }

  private Path place(Digest key) {
    return folder
        .resolve("small")
        .resolve(key.hex().substring(0, 2))
        .resolve(key.hex().substring(2));
  }

  @Test
  void aFolderWhereAnEntryBelongsIsNoEntry() throws IOException {
    var cache = Cache.in(folder.resolve("small"));
    var key = Digest.of(new byte[0]);
    Files.createDirectories(place(key).resolve("deeper"));

    assertThat(cache.get(key)).isEmpty();
    cache.put(key, new byte[] {1});
    assertThat(place(key)).isDirectory();
  }

  @Test
  void aCacheThatCannotBeWrittenRemembersNothing() throws IOException {
    var cache = Cache.in(Files.writeString(folder.resolve("a file"), "no folder"));

    cache.put(Digest.of(new byte[0]), new byte[] {1});

    assertThat(cache.get(Digest.of(new byte[0]))).isEmpty();
  }

  private static Compilation compile(Platform platform, Path cache) throws IOException {
    return Compiled.compiler(Cache.in(cache)).compile(platform).value().orElseThrow();
  }

  private static Compilation value(Compiler compiler) throws IOException {
    return compiler.compile().value().orElseThrow();
  }

  private static void assertSame(Release release) {
    Trees.assertSame(release.files(), Compiled.release().files());
    assertThat(release.manifestBytes()).isEqualTo(Compiled.release().manifestBytes());
  }
}
