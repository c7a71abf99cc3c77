package dev.fairway.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Value.Pseudo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatementTest {
  private static final String ARN = "arn:aws:sqs:";

  static List<Value> ofEverybody() {
    return List.of(
        Value.of("*"),
        Value.of("arn:aws:s3:::example/*"),
        Value.join(ARN, Pseudo.REGION, ":", Pseudo.ACCOUNT, ":*"),
        Value.join(ARN, Facts.REGION, ":", Facts.ACCOUNT, ":", Facts.ENVIRONMENT, "-*"));
  }

  @ParameterizedTest
  @MethodSource("ofEverybody")
  void aResourceThatNothingOfTheClusterBoundsIsAWildcard(Value resource) {
    assertThat(on(resource).wildcards()).containsExactly("resource " + resource.text());
  }

  static List<Value> ofTheCluster() {
    return List.of(
        Value.of("arn:aws:s3:::example"),
        Value.join(ARN, Pseudo.REGION, ":", Pseudo.ACCOUNT, ":", Facts.LOCAL_ID, "-*"),
        Value.join("group:*:name/", Facts.LOCAL_ID, "-pool-*"),
        Value.join(Value.attribute("Bucket", "Arn"), "/*"));
  }

  @ParameterizedTest
  @MethodSource("ofTheCluster")
  void aNameOfTheClusterBoundsOne(Value resource) {
    assertThat(on(resource).wildcards()).isEmpty();
  }

  @Test
  void soDoesItsTagWhereItMustBeEqual() {
    var volumes = on(Value.of("arn:aws:ec2:::volume/*"));
    var tag = Value.of(Facts.CLUSTER_TAG);
    var key = "aws:ResourceTag/example";

    assertThat(volumes.when("StringEquals", key, tag).wildcards()).isEmpty();
    assertThat(volumes.when("StringEquals", key, Value.of("true")).wildcards()).hasSize(1);
    assertThat(volumes.when("StringEquals", key, tag, Value.of("")).wildcards()).hasSize(1);
    assertThat(volumes.when("StringNotEquals", key, tag).wildcards()).hasSize(1);
    assertThat(on(Value.of("*")).when("StringEquals", key, tag).wildcards()).hasSize(1);
  }

  @Test
  void nothingBoundsAnAction() {
    assertThat(Statement.allow("All", List.of("s3:Get*"), ofTheCluster()).wildcards())
        .containsExactly("action s3:Get*");
  }

  private static Statement on(Value resource) {
    return Statement.allow("Example", List.of("s3:GetObject"), List.of(resource));
  }
}
