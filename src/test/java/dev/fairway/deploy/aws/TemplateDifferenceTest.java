package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateDifferenceTest {
  private static final String OLD =
      """
      {"Resources": {"A": {"Type": "X", "Properties": {"P": 1, "Q": 2}}, "B": {"Type": "X"}},
       "Outputs": {"O": {"Value": 1}}, "Description": "d"}\
      """;

  @Test
  void orderAndSpaceAreNoDifference() {
    var same =
        """
        {"Description":"d","Outputs":{"O":{"Value":1}},
         "Resources":{"B":{"Type":"X"},"A":{"Properties":{"Q":2,"P":1},"Type":"X"}}}\
        """;
    assertThat(TemplateDifference.between(Json.tree(OLD), Json.tree(same)).isEmpty()).isTrue();
  }

  @Test
  void whatDiffersIsNamed() {
    var now =
        """
        {"Resources": {"A": {"Type": "X", "Properties": {"P": 1, "Q": 3}}, "C": {"Type": "X"}},
         "Outputs": {"O": {"Value": 2}}, "Description": "e"}\
        """;
    assertThat(TemplateDifference.between(Json.tree(OLD), Json.tree(now)))
        .isEqualTo(
            new TemplateDifference(
                List.of("C"), List.of("B"), List.of("A", "Description", "Outputs/O")));
  }

  @Test
  void aTemplateThatIsNoJsonDiffersInAll() {
    var difference = TemplateDifference.between(Json.tree("Resources: {}"), Json.tree(OLD));
    assertThat(difference.added()).contains("A", "B");
    assertThat(difference.removed()).containsExactly("a template that is no JSON");
  }
}
