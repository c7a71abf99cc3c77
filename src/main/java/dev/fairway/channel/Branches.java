package dev.fairway.channel;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Where the branches of the remote stood at one moment. What is judged is judged by one such view,
 * so that nothing moves under the judge.
 *
 * @param tips by the branch's short name; only those that Fairway reads
 */
record Branches(SortedMap<String, ObjectId> tips) {
  static final String MAIN = "main";
  static final String EVIDENCE = "evidence";
  static final String PUBLISH = "publish/";
  static final String PROMOTE = "promote/";

  /** Each called as the commit where it stands. */
  static final String HOTFIX_SOURCE = "hotfix-source/";

  Branches {
    tips = Collections.unmodifiableSortedMap(new TreeMap<>(tips));
  }

  Optional<ObjectId> tip(String branch) {
    return Optional.ofNullable(tips.get(branch));
  }

  /** Those whose name starts so, with the rest of their name. */
  SortedMap<String, ObjectId> below(String prefix) {
    var found = new TreeMap<String, ObjectId>();
    tips.tailMap(prefix).entrySet().stream()
        .takeWhile(branch -> branch.getKey().startsWith(prefix))
        .forEach(
            branch -> found.put(branch.getKey().substring(prefix.length()), branch.getValue()));
    return found;
  }
}
