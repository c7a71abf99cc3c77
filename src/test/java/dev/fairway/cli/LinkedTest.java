package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class LinkedTest {
  @Test
  void aLargeFleetIsToldNowAndThenAndASmallOneNotAtAll() {
    var lines = new ArrayList<String>();
    for (var fleet : new int[] {7, 500, 1200}) {
      for (var linked = 1; linked <= fleet; linked++) {
        new Linked(fleet, lines::add).accept(linked);
      }
    }

    assertThat(lines)
        .containsExactly("linked 500 of 1200 clusters", "linked 1000 of 1200 clusters");
  }
}
