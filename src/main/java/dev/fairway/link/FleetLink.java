package dev.fairway.link;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.ClusterId;
import dev.fairway.model.Digest;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Folders;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.FleetReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * Links many clusters to one release, on all processors; no assembly is kept longer than needed.
 */
public final class FleetLink {
  /** Tells a folder of assemblies from any other; it lists which clusters should run what. */
  public static final String MARKER = "fleet.json";

  private final Linker linker;
  private final IntConsumer linked;

  public FleetLink(Linker linker) {
    this(linker, _ -> {});
  }

  /**
   * @param linked is told after each cluster how many there are by now, by several threads
   */
  public FleetLink(Linker linker, IntConsumer linked) {
    this.linker = linker;
    this.linked = linked;
  }

  /** What each cluster should run, and nothing written. */
  public Outcome<SortedMap<ClusterId, Digest>> versions(List<ClusterSource> sources) {
    return link(sources, (_, _) -> {});
  }

  /** The same, and what is wrong with any record besides, with the broken ones' settings too. */
  public Outcome<SortedMap<ClusterId, Digest>> versions(FleetReading fleet) {
    var judged = new Diagnostics.Collector();
    judged.addAll(fleet.diagnostics());
    fleet.broken().forEach(broken -> judged.addAll(linker.judge(broken)));
    var linked = versions(fleet.readable().clusters());
    judged.addAll(linked.diagnostics());
    return Outcome.unlessErrors(judged.diagnostics(), () -> linked.value().orElseThrow());
  }

  /**
   * Puts the assemblies in the place of the folder, one below it for each cluster, named by its
   * alias; when one can't be linked, nothing changes.
   */
  public Outcome<SortedMap<ClusterId, Digest>> write(List<ClusterSource> sources, Path folder)
      throws IOException {
    var outcome = new ConcurrentLinkedQueue<Outcome<SortedMap<ClusterId, Digest>>>();
    try {
      Folders.replace(
          folder,
          fresh -> {
            var linked = link(sources, (source, assembly) -> write(source, assembly, fresh));
            outcome.add(linked);
            if (linked.value().isEmpty()) {
              throw new IOException("not linked");
            }
            Folders.write(fresh, Map.of(MARKER, json(linked.value().get())));
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException e) {
      if (outcome.isEmpty() || !outcome.element().diagnostics().hasErrors()) {
        throw e;
      }
    }
    return outcome.element();
  }

  private static byte[] json(SortedMap<ClusterId, Digest> versions) {
    var json = JsonNodeFactory.instance.objectNode();
    versions.forEach((id, version) -> json.put(id.toString(), version.hex()));
    return CanonicalJson.bytes(json);
  }

  private static void write(ClusterSource source, Assembly assembly, Path folder) {
    try {
      assembly.write(folder.resolve(source.cluster().alias()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome<SortedMap<ClusterId, Digest>> link(
      List<ClusterSource> sources, BiConsumer<ClusterSource, Assembly> use) {
    var versions = new ConcurrentHashMap<ClusterId, Digest>();
    var diagnostics = new ConcurrentLinkedQueue<Diagnostics>();
    var count = new AtomicInteger();
    sources.parallelStream()
        .forEach(source -> {
          var outcome = linker.link(source);
          diagnostics.add(outcome.diagnostics());
          outcome
              .value()
              .ifPresent(assembly -> {
                use.accept(source, assembly);
                versions.put(assembly.cluster(), assembly.desiredVersion());
              });
          linked.accept(count.incrementAndGet());
        });
    var all = new Diagnostics(diagnostics.stream().flatMap(found -> found.all().stream()).toList());
    return Outcome.unlessErrors(all, () -> new TreeMap<>(versions));
  }
}
