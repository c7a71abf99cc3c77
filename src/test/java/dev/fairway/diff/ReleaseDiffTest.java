package dev.fairway.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.Compiled;
import dev.fairway.Seeds;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Release;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for releases as they are compiled. */
class ReleaseDiffTest {
  /** A value in YAML or JSON, of which another may be made. */
  private static final Pattern VALUE = Pattern.compile(": \"?([a-z]{3,}|[0-9]{2,})\"?(?=[\\n,])");

  /** A word on a line of its own inside the contents of a node's file. */
  private static final Pattern WORD = Pattern.compile("(?<=[ =])([A-Za-z]{4,})(?=\\\\n)");

  @Test
  void aReleaseDoesNotDifferFromItself() {
    var diff = ReleaseDiff.between(Compiled.release(), Edited.compiled().release());

    assertThat(diff.differences()).isEmpty();
  }

  /** By more than that its bytes are others: what was changed has a name. */
  @Test
  void everyChangedFileIsAccountedFor() {
    Seeds.check(
        40,
        random -> {
          var after = changed(random);
          var diff = ReleaseDiff.between(Compiled.release(), after);
          var told = new TreeSet<String>();
          diff.differences().stream()
              .filter(it -> !it.kind().equals("file") || it.area() != Area.OTHER)
              .forEach(it -> told.addAll(it.files()));
          assertThat(told).containsAll(ReleaseDiff.changedFiles(Compiled.release(), after));
        });
  }

  /** Whatever else stands under its name. */
  @Test
  void eachThingThatANodeGetsIsToldByItself() throws IOException {
    for (var file : Compiled.release().files().keySet()) {
      if (!file.startsWith("nodes/")) {
        continue;
      }
      var was = CanonicalJson.TREES.readTree(Compiled.release().file(file));
      for (var list : List.of("/storage/files", "/storage/links", "/systemd/units")) {
        for (var index = 0; index < was.at(list).size(); index++) {
          var becomes = was.deepCopy();
          ((ObjectNode) becomes.at(list).get(index)).put("changed", true);
          assertThat(NodeDiff.between(file, was, becomes))
              .as("%s %s %d", file, list, index)
              .singleElement()
              .satisfies(it -> assertThat(it.fields()).hasSize(1));
        }
      }
    }
  }

  @Test
  void whatIsAddedOneWayIsRemovedTheOther() {
    Seeds.check(
        40,
        random -> {
          var before = changed(random);
          var after = changed(random);
          assertThat(told(ReleaseDiff.between(after, before), true))
              .containsExactlyInAnyOrderElementsOf(told(ReleaseDiff.between(before, after), false));
        });
  }

  /** No file of the component changes, and each cluster that keeps the default loses it. */
  @Test
  void aComponentThatIsSwitchedOffForAllIsARisk() {
    var off = Edited.compiled().off("vertical_pod_autoscaler_enabled").release();
    var diff = ReleaseDiff.between(Compiled.release(), off);

    assertThat(diff.in(Area.SYMBOLS))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.risk()).isEqualTo(Risk.REMOVAL);
          assertThat(difference.note().orElseThrow()).contains("loses vpa-");
        });
    // With it goes what needs it, and a definition goes with all that there is of it.
    assertThat(diff.differences())
        .extracting(Difference::files)
        .contains(List.of("manifests/prometheus-size.yaml"));
    assertThat(diff.notable().findFirst().orElseThrow().risk()).isEqualTo(Risk.DATA_LOSS);
  }

  @Test
  void allThatASwitchedOffComponentHasIsCountedAsDeletedAndComesBackAsAdded() {
    var off = Edited.compiled().off("external_dns_enabled").release();
    var objects = Compiled.release().objects("manifests/external-dns.yaml").size();

    var diff = ReleaseDiff.between(Compiled.release(), off);

    var role = 1;
    assertThat(diff.deleted()).isEqualTo(objects + role);
    assertThat(diff.replaced()).isZero();
    assertThat(told(ReleaseDiff.between(off, Compiled.release()), true))
        .containsExactlyInAnyOrderElementsOf(told(diff, false));
    assertThat(ReleaseDiff.between(off, Compiled.release()).notable())
        .extracting(Difference::risk)
        .contains(Risk.WIDER_ACCESS);
  }

  private static List<String> told(ReleaseDiff diff, boolean mirrored) {
    return diff.differences().stream()
        .map(it ->
            "%s %s %s %s %s"
                .formatted(
                    it.area(),
                    mirrored ? it.act().mirrored() : it.act(),
                    it.subject(),
                    it.kind(),
                    it.fields().stream()
                        .map(field -> (mirrored ? field.mirrored() : field).toString())
                        .sorted()
                        .toList()))
        .toList();
  }

  /** Some values are others, somewhere. */
  private static Release changed(Random random) {
    var edited = Edited.compiled();
    var files =
        Compiled.release().files().keySet().stream()
            .filter(file -> !file.startsWith("assembly/") && !file.startsWith("inventory"))
            .filter(file -> VALUE.matcher(edited.text(file)).find())
            .toList();
    for (var count = 1 + random.nextInt(4); count > 0; count--) {
      var file = files.get(random.nextInt(files.size()));
      var text = edited.text(file);
      var values = new ArrayList<>(VALUE.matcher(text).results().toList());
      if (file.startsWith("nodes/")) {
        values.addAll(WORD.matcher(text).results().toList());
      }
      var value = values.get(random.nextInt(values.size()));
      edited.put(
          file,
          text.substring(0, value.start(1)) + random.nextInt(100) + text.substring(value.end(1)));
    }
    return edited.release();
  }

  @Test
  void theTableKnowsEveryTypeOfOurTemplates() throws IOException {
    var types = new TreeSet<String>();
    for (var template : Compiled.release().manifest().templates()) {
      JsonNode json = CanonicalJson.TREES.readTree(Compiled.release().file(template.file()));
      json.path("Resources").forEach(resource -> types.add(resource.path("Type").asText()));
    }

    assertThat(CreateOnly.table().types())
        .as("create-only.txt: a row for each type, from its schema")
        .containsExactlyInAnyOrderElementsOf(types);
  }
}
