package dev.fairway.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Cluster;
import dev.fairway.model.Environment;
import dev.fairway.release.CanonicalJson;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * Writes CDK's side of an assembly: its manifest with an artifact a stack, and for each stack the
 * assets that {@code cdk deploy} publishes, the template and the node config.
 */
final class CloudAssembly {
  private final Linkable release;
  private final Cluster cluster;
  private final Bootstrap bootstrap;
  private final List<Stack> stacks;

  CloudAssembly(Linkable release, Cluster cluster, List<Stack> stacks) {
    this.release = release;
    this.cluster = cluster;
    this.bootstrap = Bootstrap.of(cluster);
    this.stacks = stacks;
  }

  void write(SortedMap<String, Content> files) {
    var manifest = JsonNodeFactory.instance.objectNode();
    manifest.set("version", release.assembly().required("version"));
    var artifacts = manifest.putObject("artifacts");
    for (var stack : stacks) {
      artifacts.set(stack.stackName() + ".assets", assetArtifact(stack));
      artifacts.set(stack.stackName(), stackArtifact(stack, files));
      files.put(stack.stackName() + ".assets.json", json(assets(stack, files)));
    }
    files.put("manifest.json", json(manifest));
    files.put("parameters.json", json(parameters()));
    files.put(DeployArguments.FILE, DeployArguments.of(stacks));
  }

  private ObjectNode assetArtifact(Stack stack) {
    var artifact = JsonNodeFactory.instance.objectNode().put("type", "cdk:asset-manifest");
    var properties =
        artifact.putObject("properties").put("file", stack.stackName() + ".assets.json");
    bootstrapCheck(properties, stack);
    return artifact;
  }

  /** CDK made its templates without the bootstrap's version rule; the CLI checks it by these. */
  private void bootstrapCheck(ObjectNode properties, Stack stack) {
    var template = artifact(stack).required("properties");
    for (var key : List.of("requiresBootstrapStackVersion", "bootstrapStackVersionSsmParameter")) {
      properties.set(key, localized(template.required(key)));
    }
  }

  private JsonNode artifact(Stack stack) {
    return release.assembly().required("artifacts").required(stack.template());
  }

  private ObjectNode stackArtifact(Stack stack, SortedMap<String, Content> files) {
    var artifact = JsonNodeFactory.instance.objectNode();
    artifact.set("type", artifact(stack).required("type"));
    artifact.put("environment", "aws://" + cluster.account().id() + "/" + cluster.region());
    artifact.put("displayName", stack.stackName());
    var properties = (ObjectNode) localized(artifact(stack).required("properties"));
    properties.put("templateFile", templateFile(stack));
    properties.put("stackName", stack.stackName());
    properties.put("terminationProtection", cluster.environment() == Environment.PRODUCTION);
    properties.put(
        "stackTemplateAssetObjectUrl",
        "s3://"
            + bootstrap.bucket()
            + "/"
            + content(files, templateFile(stack)).digest()
            + ".json");
    properties.putArray("additionalDependencies").add(stack.stackName() + ".assets");
    stack.tags().forEach(properties.putObject("tags")::put);
    artifact.set("properties", properties);
    var dependencies = artifact.putArray("dependencies");
    stack.after().forEach(dependencies::add);
    dependencies.add(stack.stackName() + ".assets");
    return artifact;
  }

  private static String templateFile(Stack stack) {
    return "templates/" + stack.template() + ".json";
  }

  private static Content content(SortedMap<String, Content> files, String path) {
    return Objects.requireNonNull(files.get(path), path);
  }

  private ObjectNode assets(Stack stack, SortedMap<String, Content> files) {
    var manifest = JsonNodeFactory.instance.objectNode();
    manifest.set("version", release.assembly().required("version"));
    var assets = manifest.putObject("files");
    asset(assets, templateFile(stack), ".json", files);
    stack.nodeConfig().ifPresent(path -> asset(assets, path, ".ign", files));
    return manifest;
  }

  private void asset(
      ObjectNode assets, String path, String suffix, SortedMap<String, Content> files) {
    var digest = content(files, path).digest().hex();
    var asset = assets.putObject(digest).put("displayName", path);
    asset.putObject("source").put("path", path).put("packaging", "file");
    asset
        .putObject("destinations")
        .putObject("here")
        .put("bucketName", bootstrap.bucket())
        .put("objectKey", digest + suffix)
        .put("region", cluster.region().toString())
        .put("assumeRoleArn", bootstrap.publishingRole());
  }

  private ObjectNode parameters() {
    var json = JsonNodeFactory.instance.objectNode();
    for (var stack : stacks) {
      var values = json.putObject(stack.stackName());
      stack.parameters().forEach(values::put);
    }
    return json;
  }

  private JsonNode localized(JsonNode json) {
    if (json.isTextual()) {
      return JsonNodeFactory.instance.textNode(bootstrap.localized(json.textValue()));
    }
    if (json instanceof ObjectNode object) {
      var copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(entry -> copy.set(entry.getKey(), localized(entry.getValue())));
      return copy;
    }
    return json;
  }

  private static Content json(JsonNode tree) {
    return Content.of(CanonicalJson.bytes(tree));
  }
}
