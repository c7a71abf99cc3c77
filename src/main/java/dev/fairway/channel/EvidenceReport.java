package dev.fairway.channel;

/**
 * What adding a statement came to, or would come to.
 *
 * @param path on the branch {@code evidence}
 * @param owner of the key
 * @param plan whether nothing was done
 */
public record EvidenceReport(
    EvidencePath path, Statement statement, String owner, EvidenceActs.State state, boolean plan) {
  EvidenceReport with(EvidenceActs.State other) {
    return new EvidenceReport(path, statement, owner, other, plan);
  }
}
