package dev.fairway.platform.node;

import dev.fairway.platform.node.NodeConfig.Link;
import dev.fairway.platform.node.NodeConfig.RemoteFile;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one concern puts on a node's disk. A node config is the sum of its parts. */
record Part(
    List<NodeFile> files, List<RemoteFile> remoteFiles, List<Link> links, List<Unit> units) {
  Part {
    files = List.copyOf(files);
    remoteFiles = List.copyOf(remoteFiles);
    links = List.copyOf(links);
    units = List.copyOf(units);
  }

  static Part files(NodeFile... files) {
    return new Part(List.of(files), List.of(), List.of(), List.of());
  }

  static Part remoteFiles(RemoteFile... files) {
    return new Part(List.of(), List.of(files), List.of(), List.of());
  }

  static Part links(Link... links) {
    return new Part(List.of(), List.of(), List.of(links), List.of());
  }

  static Part units(Unit... units) {
    return new Part(List.of(), List.of(), List.of(), List.of(units));
  }

  /** A script of ours, which {@code units} run. */
  static Part script(String name, Unit... units) {
    return files(Resources.script(name)).and(units(units));
  }

  Part and(Part... others) {
    var parts = Stream.concat(Stream.of(this), Stream.of(others)).toList();
    return new Part(
        all(parts, Part::files),
        all(parts, Part::remoteFiles),
        all(parts, Part::links),
        all(parts, Part::units));
  }

  NodeConfig named(String name) {
    return new NodeConfig(name, files, remoteFiles, links, units);
  }

  private static <T> List<T> all(List<Part> parts, Function<Part, List<T>> which) {
    return parts.stream().map(which).flatMap(List::stream).toList();
  }
}
