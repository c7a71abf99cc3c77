package dev.fairway.channel;

import dev.fairway.model.TrustedKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A file of the branch {@code evidence}, judged: it counts, or it says why it does not. */
public sealed interface Evidence {
  EvidencePath path();

  /** Who said it, for people: the key's owner, its fingerprint, or that nobody knows. */
  String signedBy();

  /** Signed by a key that was trusted for it at its time. */
  record Counted(EvidencePath path, Statement statement, TrustedKey signer) implements Evidence {
    /** The later one last, and of two at once the one whose file's name comes last. */
    public static final Comparator<Counted> BY_TIME =
        Comparator.comparing((Counted counted) -> counted.statement.time())
            .thenComparing(counted -> counted.path.file());

    public boolean passed() {
      return statement.isPassed();
    }

    @Override
    public String signedBy() {
      return signer.owner();
    }
  }

  /**
   * There, but nothing that a gate would hear.
   *
   * @param statement empty when not even that can be read
   * @param against at least one reason, each a clause
   */
  record Rejected(
      EvidencePath path, Optional<Statement> statement, String signedBy, List<String> against)
      implements Evidence {
    public Rejected {
      against = List.copyOf(against);
      if (against.isEmpty()) {
        throw new IllegalArgumentException("rejected without a reason: " + path);
      }
    }
  }
}
