package dev.fairway.deploy;

import dev.fairway.deploy.aws.Reclaim;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is to become of the volumes that the CSI driver made. Whoever says that one is to be kept is
 * believed, be it its tag or its PersistentVolume.
 *
 * @param tagged by id, what the volume's tag says
 * @param known by id, whether the PersistentVolume of that volume is to be kept
 * @param decided what becomes of the others
 */
record VolumeFates(
    SortedMap<String, Optional<Reclaim>> tagged,
    Map<String, Boolean> known,
    Optional<Reclaim> decided) {

  private Optional<Reclaim> of(String id) {
    var tag = tagged.getOrDefault(id, Optional.empty());
    if (tag.equals(Optional.of(Reclaim.RETAIN))) {
      return tag;
    }
    return Optional.ofNullable(known.get(id))
        .map(kept -> kept ? Reclaim.RETAIN : Reclaim.DELETE)
        .or(() -> tag)
        .or(() -> decided);
  }

  /** Those of this fate, by id. */
  List<String> with(Reclaim fate) {
    return tagged.keySet().stream().filter(id -> of(id).equals(Optional.of(fate))).toList();
  }

  /** Those of this fate whose tag does not say it yet. */
  List<String> unwritten(Reclaim fate) {
    return with(fate).stream().filter(id -> !Optional.of(fate).equals(tagged.get(id))).toList();
  }

  /** Nobody says whether these are to be kept. */
  List<String> unknown() {
    return tagged.keySet().stream().filter(id -> of(id).isEmpty()).toList();
  }

  /** Nothing to say when all is known. */
  Diagnostics judge(Severity severity) {
    var unknown = unknown();
    return unknown.isEmpty()
        ? Diagnostics.NONE
        : Diagnostics.of(
            new Diagnostic(
                Code.UNKNOWN_RECLAIM_POLICY,
                severity,
                Optional.empty(),
                "no PersistentVolume says whether these volumes are to be kept: "
                    + String.join(", ", unknown),
                List.of(),
                "let KUBECONFIG lead to the cluster while it lives; else say --unknown-volumes"
                    + " retain or --unknown-volumes delete, which then holds for all of them"));
  }
}
