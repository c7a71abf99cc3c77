package dev.fairway.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.release.Release;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CloudFormation refuses because others go by a name: of an export, or of a resource. */
class ExportsAndNamesTest {
  private static Release release(String template) {
    return SmallRelease.of(template.replace('\'', '"'), "", "{}", "{}");
  }

  private static Release output(String id, String rest) {
    return release(
        """
        {'Conditions': {'Never': {'Fn::Equals': ['a', 'b']}, 'Always': {'Fn::Equals': ['a', 'a']},
           'Somewhere': {'Fn::Equals': [{'Ref': 'P'}, 'b']}},
         'Parameters': {'P': {'Type': 'String'}},
         'Resources': {'A': {'Type': 'AWS::EC2::VPC'}, 'B': {'Type': 'AWS::EC2::VPC'}},
         'Outputs': {'%s': {%s}}}
        """
            .formatted(id, rest));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Value': {'Ref': 'A'}, 'Export': {'Name': 'y'} | REFUSED",
        "'Value': {'Ref': 'B'}, 'Export': {'Name': 'x'} | REFUSED",
        "'Value': {'Ref': 'A'} | REFUSED",
        "'Value': {'Ref': 'A'}, 'Export': {'Name': 'x'}, 'Condition': 'Never' | REFUSED",
        "'Value': {'Ref': 'A'}, 'Export': {'Name': 'x'}, 'Condition': 'Somewhere' | REFUSED",
        "'Value': {'Ref': 'A'}, 'Export': {'Name': 'x'}, 'Condition': 'Always' | ORDINARY",
        "'Value': {'Ref': 'A'}, 'Export': {'Name': 'x'}, 'Description': 'd' | ORDINARY",
      })
  void anExportThatIsImportedStaysAsItIs(String becomes, Risk risk) {
    var before = output("O", "'Value': {'Ref': 'A'}, 'Export': {'Name': 'x'}");

    assertThat(ResourceRisksTest.worst(before, output("O", becomes))).isEqualTo(risk);
  }

  @Test
  void anExportIsKnownByItsNameWhateverItsOutputIsCalled() {
    var export = "'Value': {'Ref': 'A'}, 'Export': {'Name': 'x'}";

    assertThat(ResourceRisksTest.worst(output("O", export), output("P", export)))
        .isEqualTo(Risk.ORDINARY);
    assertThat(
            ResourceRisksTest.worst(output("O", export), output("P", export.replace("'A'", "'B'"))))
        .isEqualTo(Risk.REFUSED);
  }

  @Test
  void anExportWhoseConditionHoldsNoLongerIsToldThoughItIsWrittenAlike() {
    var template =
        """
        {'Conditions': {'C': {'Fn::Equals': ['a', '%s']}},
         'Outputs': {'O': {'Value': 'v', 'Export': {'Name': 'x'}, 'Condition': 'C'}}}
        """;
    var found =
        ReleaseDiff.between(release(template.formatted("a")), release(template.formatted("b")))
            .differences();

    assertThat(found)
        .filteredOn(it -> it.kind().equals("Output"))
        .extracting(Difference::risk)
        .containsExactly(Risk.REFUSED);
  }

  private static List<Risk> renamed(String before, String after) {
    return ReleaseDiff.between(release(before), release(after)).in(Area.STACKS).stream()
        .filter(it -> it.act() != Act.REMOVED)
        .map(Difference::risk)
        .toList();
  }

  @Test
  void aResourceThatTakesTheNameOfOneThatGoesIsRefused() {
    var role = "{'Resources': {'%s': {'Type': 'AWS::IAM::%s', 'Properties': {'RoleName': '%s'}}}}";
    var before = role.formatted("A", "Role", "x");

    assertThat(renamed(before, role.formatted("B", "Role", "x"))).containsExactly(Risk.REFUSED);
    assertThat(renamed(before, role.formatted("B", "Role", "y"))).containsExactly(Risk.ORDINARY);
  }

  @Test
  void aNameThatIsGivenOnIsStillTaken() {
    var groups =
        """
        {'Resources': {'A': {'Type': 'AWS::Logs::LogGroup', 'DeletionPolicy': 'Retain',
            'UpdateReplacePolicy': 'Retain', 'Properties': {'LogGroupName': '%s'}},
          'B': {'Type': 'AWS::Logs::LogGroup', 'DeletionPolicy': 'Retain',
            'UpdateReplacePolicy': 'Retain', 'Properties': {'LogGroupName': '%s'}}}}
        """;

    assertThat(renamed(groups.formatted("x", "y"), groups.formatted("z", "x")))
        .containsExactly(Risk.REPLACEMENT, Risk.REFUSED);
  }

  /** Another stack may well be updated first. */
  @Test
  void aNameIsTakenInOtherTemplatesToo() {
    var foundation = "templates/foundation.json";
    var etcd = "templates/etcd.json";
    var edited = Edited.compiled();
    var moved =
        "\"Moved\": {\"Type\": \"AWS::IAM::Role\", \"Properties\": {\"RoleName\": \"only-one\"}}, ";
    var before =
        Edited.compiled().replace(foundation, "\"Resources\": {", "\"Resources\": {" + moved);
    edited.replace(etcd, "\"Resources\": {", "\"Resources\": {" + moved);

    assertThat(ReleaseDiff.between(before.release(), edited.release()).differences())
        .filteredOn(it -> it.act() == Act.ADDED && it.subject().equals("Moved"))
        .filteredOn(it -> it.area() == Area.STACKS)
        .extracting(Difference::risk)
        .containsExactly(Risk.REFUSED);
  }

  /** Of each pool there is a stack, and its name is in that of what it has. */
  @Test
  void stacksOfPoolsTakeNoNamesFromEachOther() {
    var worker = "templates/pool-worker.json";
    var spot = "templates/pool-spot.json";

    assertThat(ReleaseDiff.between(without(spot), without(worker)).in(Area.STACKS))
        .filteredOn(it -> it.act() == Act.ADDED)
        .extracting(it -> it.files() + " " + it.subject() + " " + it.risk())
        .containsExactly("[templates/pool-spot.json] Nodes ORDINARY");
  }

  /** The compiled release without the pool's nodes in the template. */
  private static Release without(String file) {
    var edited = Edited.compiled();
    ObjectNode template = (ObjectNode) Trees.parsed(edited.text(file));
    ((ObjectNode) template.path("Resources")).remove("Nodes");
    return edited.put(file, template.toString()).release();
  }
}
