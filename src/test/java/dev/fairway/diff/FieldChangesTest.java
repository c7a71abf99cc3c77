package dev.fairway.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.Seeds;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldChangesTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> KEYS = List.of("name", "a", "b.c", "d");
  private static final List<String> WORDS = List.of("x", "y", "--flag=1", "--flag=2", "two\nlines");

  @Test
  void thereIsADifferenceIfAndOnlyIfTheTreesDiffer() {
    Seeds.check(
        2_000,
        random -> {
          var left = tree(random, 3);
          var right = random.nextInt(4) == 0 ? left.deepCopy() : tree(random, 3);
          assertThat(FieldChanges.between(left, right).isEmpty()).isEqualTo(left.equals(right));
        });
  }

  @Test
  void whatIsAddedOneWayIsRemovedTheOther() {
    Seeds.check(
        2_000,
        random -> {
          var left = tree(random, 3);
          var right = tree(random, 3);
          assertThat(FieldChanges.between(right, left))
              .containsExactlyInAnyOrderElementsOf(
                  FieldChanges.between(left, right).stream().map(FieldChange::mirrored).toList());
        });
  }

  /** Whatever else differs in the list. */
  @Test
  void whatStaysInAnotherOrderIsTold() throws IOException {
    assertThat(paths("['sh', '-c', '--a=1']", "['-c', 'sh', '--a=1', '--b']"))
        .containsExactly("(order)", "[]");
    assertThat(paths("['--a=1', 'x']", "['x', '--a=2']")).containsExactly("(order)", "[--a]");
    assertThat(
            paths(
                "[{'name': 'a', 'image': 1}, {'name': 'b'}]",
                "[{'name': 'b'}, {'name': 'a', 'image': 2}]"))
        .containsExactly("(order)", "[name=a].image");
    assertThat(paths("['a', 'b', 'a']", "['b', 'a']")).containsExactly("[]");
    assertThat(paths("['a', 'b']", "['c', 'a', 'd', 'b']")).containsExactly("[]", "[]");
  }

  private static List<String> paths(String was, String becomes) throws IOException {
    return FieldChanges.between(tree(was), tree(becomes)).stream().map(FieldChange::path).toList();
  }

  private static JsonNode tree(String json) throws IOException {
    return CanonicalJson.TREES.readTree(json.replace('\'', '"'));
  }

  @Test
  void theLinesOfATextAreThoseOfTheOther() {
    Seeds.check(
        500,
        random -> {
          var left = lines(random);
          var right = lines(random);
          var diff = LineDiff.between(left, right);
          assertThat(without(diff, LineDiff.Kind.ADDED)).isEqualTo(left);
          assertThat(without(diff, LineDiff.Kind.REMOVED)).isEqualTo(right);
        });
  }

  private static String lines(Random random) {
    var text = new StringBuilder();
    IntStream.range(0, random.nextInt(12))
        .forEach(_ -> text.append("line ").append(random.nextInt(4)).append('\n'));
    return text.toString();
  }

  private static String without(LineDiff diff, LineDiff.Kind kind) {
    var text = new StringBuilder();
    diff.lines().stream()
        .filter(line -> line.kind() != kind)
        .forEach(line -> text.append(line.text()).append('\n'));
    return text.toString();
  }

  private static JsonNode tree(Random random, int depth) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(5)) {
      case 0 -> NODES.textNode(WORDS.get(random.nextInt(WORDS.size())));
      case 1 -> NODES.numberNode(random.nextInt(3));
      case 2 -> {
        var array = NODES.arrayNode();
        IntStream.range(0, random.nextInt(4)).forEach(_ -> array.add(tree(random, depth - 1)));
        yield array;
      }
      default -> {
        var object = NODES.objectNode();
        KEYS.stream()
            .filter(_ -> random.nextBoolean())
            .forEach(key -> object.set(key, tree(random, depth - 1)));
        yield object;
      }
    };
  }
}
