package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Properties that AWS changes in place without a word, and that a reviewer wants a word about. */
final class Weakened {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** The strictest that a classic load balancer knows. */
  private static final String STRICTEST = "ELBSecurityPolicy-TLS-1-2-2017-01";

  private static final String ENABLED = "Enabled";

  private Weakened() {}

  /** What it is about, and how bad. */
  private record Word(Risk risk, String text) {}

  /**
   * @param was the properties of the resource before
   */
  static Difference judged(Difference change, JsonNode was, JsonNode becomes) {
    var judged = change;
    for (var word : words(change, was, becomes).toList()) {
      judged = judged.because(word.risk(), word.text());
    }
    return judged;
  }

  private static Stream<Word> words(Difference change, JsonNode was, JsonNode becomes) {
    return switch (change.kind()) {
      case "AWS::AutoScaling::AutoScalingGroup" ->
          Stream.of("MaxSize", "MinSize")
              .filter(it -> shrinks(was.path(it), becomes.path(it)))
              .map(it -> new Word(Risk.REMOVAL, "instances may go: a smaller " + it));
      case "AWS::EC2::Volume" ->
          word(
              shrinks(was.path("Size"), becomes.path("Size")),
              Risk.REFUSED,
              "AWS makes no volume smaller");
      case "AWS::EC2::Subnet" ->
          word(
              !isTrue(was.path("MapPublicIpOnLaunch"))
                  && mayBeTrue(becomes.path("MapPublicIpOnLaunch")),
              Risk.WIDER_ACCESS,
              "what starts in it gets a public address");
      case "AWS::EC2::Route" ->
          word(
              becomes.has("GatewayId") && !becomes.path("GatewayId").equals(was.path("GatewayId")),
              Risk.WIDER_ACCESS,
              "it leads to another gateway than before");
      case "AWS::EC2::LaunchTemplate" -> launched(data(was), data(becomes));
      case "AWS::ElasticLoadBalancing::LoadBalancer" -> balanced(change.fields());
      case "AWS::S3::Bucket" -> stored(change.fields(), was, becomes);
      default -> Stream.of();
    };
  }

  private static Stream<Word> word(boolean holds, Risk risk, String text) {
    return holds ? Stream.of(new Word(risk, text)) : Stream.of();
  }

  private static JsonNode data(JsonNode properties) {
    return properties.path("LaunchTemplateData");
  }

  private static Stream<Word> launched(JsonNode was, JsonNode becomes) {
    return Stream.of(
            word(
                takesTokensOnly(was) && !takesTokensOnly(becomes),
                Risk.WIDER_ACCESS,
                "instances' metadata are read without a token"),
            word(
                isEncrypted(was) && !isEncrypted(becomes),
                Risk.WIDER_ACCESS,
                "not all its volumes are encrypted any more"),
            word(
                becomes.has("KeyName") && !becomes.path("KeyName").equals(was.path("KeyName")),
                Risk.WIDER_ACCESS,
                "instances take an SSH key"))
        .flatMap(it -> it);
  }

  private static boolean takesTokensOnly(JsonNode data) {
    return data.path("MetadataOptions").path("HttpTokens").asText().equals("required");
  }

  private static boolean isEncrypted(JsonNode data) {
    var devices = data.path("BlockDeviceMappings");
    return !devices.isEmpty()
        && devices
            .valueStream()
            .allMatch(device -> !device.has("Ebs") || isTrue(device.path("Ebs").path("Encrypted")));
  }

  private static Stream<Word> balanced(List<FieldChange> fields) {
    return word(
        fields.stream()
            .filter(it -> it.path().startsWith("Policies") || it.path().endsWith("PolicyNames"))
            .anyMatch(it -> !it.becomes().equals(Optional.of(STRICTEST))),
        Risk.WIDER_ACCESS,
        "it may take weaker TLS than before");
  }

  private static Stream<Word> stored(List<FieldChange> fields, JsonNode was, JsonNode becomes) {
    return Stream.of(
            word(
                fields.stream().anyMatch(Weakened::expiresSooner),
                Risk.DATA_LOSS,
                "what it holds may expire sooner"),
            word(
                isVersioned(was) && !isVersioned(becomes),
                Risk.DATA_LOSS,
                "what is overwritten in it is no longer kept"),
            word(
                was.has("BucketEncryption") && !becomes.has("BucketEncryption"),
                Risk.WIDER_ACCESS,
                "what it holds is no longer encrypted with a key of its own"))
        .flatMap(it -> it);
  }

  private static boolean isVersioned(JsonNode bucket) {
    return bucket.path("VersioningConfiguration").path("Status").asText().equals(ENABLED);
  }

  /** Unless it surely is later, or never. */
  private static boolean expiresSooner(FieldChange field) {
    return field.path().startsWith("LifecycleConfiguration")
        && !field.path().contains("AbortIncompleteMultipartUpload")
        && field.becomes().filter(it -> !it.equals("Disabled")).isPresent()
        && !isAtLeast(field.becomes(), field.was());
  }

  private static boolean isAtLeast(Optional<String> value, Optional<String> least) {
    return number(value).flatMap(it -> number(least).filter(low -> it >= low)).isPresent();
  }

  /** To a number that may be less: what each cluster says may have been more. */
  private static boolean shrinks(JsonNode was, JsonNode becomes) {
    var fresh = Trees.text(becomes);
    return !was.isMissingNode() && number(fresh).isPresent() && !isAtLeast(fresh, Trees.text(was));
  }

  private static Optional<Integer> number(Optional<String> text) {
    return text.filter(it -> NUMBER.matcher(it).matches()).map(Integer::valueOf);
  }

  private static boolean isTrue(JsonNode value) {
    return value.asText().equals("true");
  }

  private static boolean mayBeTrue(JsonNode value) {
    return value.isContainerNode() || isTrue(value);
  }
}
