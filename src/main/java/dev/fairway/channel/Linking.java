package dev.fairway.channel;

import dev.fairway.model.ClusterId;
import dev.fairway.model.Digest;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What linking all clusters of a channel to a release came to.
 *
 * @param versions what each cluster should run
 * @param problems why some can't be linked, each with its cluster's file
 */
record Linking(SortedMap<ClusterId, Digest> versions, List<String> problems) {
  Linking {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    problems = List.copyOf(problems);
  }
}
