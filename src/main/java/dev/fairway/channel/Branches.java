package dev.fairway.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

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

  /** Below it are all moves that are proposed to the channel. */
  static String promote(String channel) {
    return PROMOTE + channel + "/";
  }

  /** Those whose full names start with the prefixes; a later prefix has the last word. */
  static Branches in(Repository git, List<String> prefixes) {
    var tips = new TreeMap<String, ObjectId>();
    try {
      for (var prefix : prefixes) {
        for (var ref : git.getRefDatabase().getRefsByPrefix(prefix)) {
          if (ref.getObjectId() != null && !ref.isSymbolic()) {
            tips.put(ref.getName().substring(prefix.length()), ref.getObjectId());
          }
        }
      }
      return new Branches(tips);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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
