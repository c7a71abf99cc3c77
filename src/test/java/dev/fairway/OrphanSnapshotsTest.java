package dev.fairway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Runs after all others, in the same JVM, and so knows every snapshot that a test still asks for.
 */
@Order(Integer.MAX_VALUE)
class OrphanSnapshotsTest {

  @Test
  void everySnapshotIsAskedForByATest() {
    // Part of the tests ask for part of the snapshots.
    assumeTrue(
        Stream.of("test", "groups", "excludedGroups").allMatch(OrphanSnapshotsTest::isUnset));

    assertThat(Snapshots.orphans())
        .as(
            "no test asserts these any more: remove them (or mend the test that failed before it"
                + " could)")
        .isEmpty();
  }

  private static boolean isUnset(String property) {
    return System.getProperty(property, "").isEmpty();
  }
}
