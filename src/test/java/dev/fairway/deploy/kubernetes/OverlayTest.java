package dev.fairway.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final String LIVE =
      "{spec: {policy: 'Fail', rules: [{ops: ['*'], scope: '*'}], set: 'by others'}}";

  @Test
  void whatOthersSetAndTheServerFillsInIsNoDifference() {
    assertThat(differing("{spec: {policy: 'Fail', rules: [{ops: ['*']}]}}")).isEmpty();
  }

  @Test
  void whatWeSayOtherwiseIsNamedWhereItIs() {
    assertThat(differing("{spec: {policy: 'Ignore', rules: [{ops: ['CREATE']}]}}"))
        .containsExactly(".spec.policy", ".spec.rules[0].ops[0]");
    assertThat(differing("{spec: {rules: [{ops: ['*']}, {ops: ['x']}], more: 1}}"))
        .containsExactly(".spec.more", ".spec.rules");
  }

  private static List<String> differing(String ours) {
    var live = Json.of(LIVE);
    return Fields.differing(live, Overlay.of(live, Json.of(ours)));
  }
}
