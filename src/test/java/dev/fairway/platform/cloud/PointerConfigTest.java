package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import dev.fairway.model.Value;
import dev.fairway.platform.cloud.PointerConfig.Entry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PointerConfigTest {

  /** EC2 takes 16 KiB; a pointer that grows is no pointer any more. */
  private static final int LIMIT = 2048;

  /** An Auto Scaling group's name, the longest of what a node is told. */
  private static final int LONGEST_NAME = 255;

  @Test
  void theLongestUserDataIsStillAPointer() {
    assertThat(groups().map(PointerConfigTest::longest))
        .isNotEmpty()
        .allSatisfy(length -> assertThat(length).isLessThan(LIMIT));
  }

  @Test
  void whatANodeIsToldNeedsNoQuotesInAShell() {
    assertThat(groups().flatMap(config -> config.entries().stream()).map(Entry::name))
        .contains("STACK_NAME", "LOGICAL_ID", "ASG_NAME", "TERMINATE_HOOK", "MEMBER", "VOLUME_ID");
  }

  private static Stream<PointerConfig> groups() {
    return Stream.concat(
            Etcd.members().stream().map(Etcd.Member::nodes), Stream.of(ControlPlane.masters()))
        .map(NodeGroup::userData);
  }

  private static int longest(PointerConfig config) {
    return length(config.userData());
  }

  private static int length(Value value) {
    return switch (value) {
      case Value.Literal literal -> literal.text().length();
      case Value.Parameter parameter -> length(parameter);
      case Value.Pseudo _, Value.Attribute _, Value.Import _ -> LONGEST_NAME;
      case Value.Joined joined -> joined.parts().stream().mapToInt(PointerConfigTest::length).sum();
    };
  }

  private static int length(Value.Parameter parameter) {
    var bucket = 63;
    var exact =
        List.of(
            new Exact(Facts.ASSETS_BUCKET, bucket),
            new Exact(Facts.NODE_CONFIG_KEY, 64 + ".ign".length()),
            new Exact(Facts.NODE_CONFIG_SHA512, 128));
    return exact.stream()
        .filter(known -> known.symbol().equals(parameter.symbol()))
        .mapToInt(Exact::length)
        .findFirst()
        .orElse(LONGEST_NAME);
  }

  private record Exact(dev.fairway.model.Symbol symbol, int length) {}
}
