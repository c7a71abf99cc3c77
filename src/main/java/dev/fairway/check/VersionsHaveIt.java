package dev.fairway.check;

import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.model.Image;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Versions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Flags, kubelet's fields and API versions against what the pinned Kubernetes has. The tables leave
 * out what it deprecates, so that what passes here is in the next version too.
 */
@AutoService(Rule.class)
public final class VersionsHaveIt implements Rule {
  private static final Pattern FLAG = Pattern.compile("(?m)(?:^|\\s)--([a-z0-9-]+)");
  private static final Pattern KUBELET = Pattern.compile("/kubelet\\s(?:.*\\\\\\n)*.*");

  /** Kubernetes' own programs, which are released together. */
  private static final Pattern KUBERNETES =
      Pattern.compile("registry\\.k8s\\.io/kube-(apiserver|controller-manager|scheduler|proxy)");

  @Override
  public Code code() {
    return Code.VERSION;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    var tables = VersionTable.of(platform.kubernetes());
    if (tables.isEmpty()) {
      return Stream.of(
          Finding.at(
              Origin.of(Versions.class, "KUBERNETES"),
              "no tables for Kubernetes %s".formatted(platform.kubernetes()),
              "add them to src/main/resources/dev/fairway/check, from --help of its programs"));
    }
    var table = tables.get();
    return Stream.of(
            NodeDocument.of(platform).stream().flatMap(document -> document(table, document)),
            platform.nodes().stream()
                .flatMap(node -> node.units().stream())
                .flatMap(unit -> unit.contents().stream())
                .flatMap(contents -> kubelet(table, contents)),
            objects(platform, table),
            images(platform))
        .flatMap(found -> found);
  }

  private static Stream<Finding> document(VersionTable table, NodeDocument document) {
    if (document.isStaticPod()) {
      var flags = document.arguments().filter(word -> word.startsWith("--"));
      return table.flags(document.name()).stream()
          .flatMap(known ->
              flags
                  .map(word -> word.substring(2).split("=", 2)[0])
                  .filter(flag -> !known.contains(flag))
                  .map(flag -> unknownFlag(document.origin(flag), document.name(), flag, known)));
    }
    if (document.isKubelet()) {
      return document.tree().properties().stream()
          .map(entry -> entry.getKey())
          .filter(field -> !field.equals("apiVersion") && !field.equals("kind"))
          .filter(field -> !table.kubeletFields().contains(field))
          .map(field ->
              Finding.at(
                  document.origin(field),
                  "KubeletConfiguration has no field %s".formatted(field),
                  remedy(field, table.kubeletFields())));
    }
    return Stream.of(document.tree().path("apiVersion").asText())
        .filter(version -> !table.apis().contains(version))
        .map(version ->
            Finding.at(
                document.origin(version, document.kind()),
                "%s is of %s, which is not read".formatted(document.file().path(), version),
                remedy(version, table.apis())));
  }

  /** The command line in the unit, which goes on while lines end in a backslash. */
  private static Stream<Finding> kubelet(VersionTable table, String unit) {
    var known = table.flags("kubelet").orElseThrow();
    return KUBELET
        .matcher(unit)
        .results()
        .flatMap(command -> FLAG.matcher(command.group()).results())
        .map(flag -> flag.group(1))
        .filter(flag -> !known.contains(flag))
        .map(flag ->
            unknownFlag(
                Origin.ofNodeResource("units/kubelet.service", flag), "kubelet", flag, known));
  }

  private static Finding unknownFlag(
      Origin origin, String program, String flag, Set<String> known) {
    return Finding.at(
        origin,
        "%s has no flag --%s, or deprecates it".formatted(program, flag),
        remedy(flag, known));
  }

  private static Stream<Finding> objects(Platform platform, VersionTable table) {
    var defined =
        Named.all(platform, CustomResourceDefinition.class)
            .flatMap(definition ->
                definition.object().getSpec().getVersions().stream()
                    .filter(version -> version.getServed())
                    .map(version ->
                        definition.object().getSpec().getGroup() + "/" + version.getName()))
            .collect(Collectors.toSet());
    return Named.all(platform)
        .filter(object -> !table.apis().contains(object.object().getApiVersion()))
        .filter(object -> !defined.contains(object.object().getApiVersion()))
        .map(object -> unserved(object, table));
  }

  private static Finding unserved(Named<HasMetadata> object, VersionTable table) {
    var version = object.object().getApiVersion();
    return Finding.at(
        object.origin(),
        "%s is of %s, which Kubernetes does not serve".formatted(object, version),
        "add the CustomResourceDefinition, or use a version that is served: "
            + remedy(version, table.apis()));
  }

  /** Not the whole of what would be allowed: that is hundreds of words. */
  private static String remedy(String given, Set<String> known) {
    return DidYouMean.nearest(given, known)
        .map("did you mean %s?"::formatted)
        .orElse("nothing is like it in the tables of src/main/resources/dev/fairway/check");
  }

  /** A control plane is of one version, and no part of a node is newer than it. */
  private static Stream<Finding> images(Platform platform) {
    var ofNodes =
        platform.nodeImages().stream()
            .flatMap(image ->
                image(platform, image, Origin.ofNode("master", "kubernetes").first("NodeImages")));
    var ofComponents =
        platform.parts().stream()
            .flatMap(part ->
                part.images().stream()
                    .flatMap(image ->
                        image(platform, image, Origin.of(part, image.toString(), "IMAGE"))));
    return Stream.concat(ofNodes, ofComponents);
  }

  private static Stream<Finding> image(Platform platform, Image image, Origin origin) {
    var tag = "v" + platform.kubernetes();
    return !KUBERNETES.matcher(image.repository()).matches() || image.tag().equals(tag)
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                    origin,
                    "%s is not of the cluster's version".formatted(image),
                    "use the tag " + tag)
                .with(
                    "KUBERNETES", platform.kubernetes(), Origin.of(Versions.class, "KUBERNETES")));
  }
}
