package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.model.EvidenceKind;
import dev.fairway.model.Gates.Approvals;
import dev.fairway.model.TrustedKey;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Whether there are keys for all that channels ask for: a gate that nobody can meet is never met.
 *
 * @param keys those that count
 */
public record TrustChecks(List<TrustedKey> keys) {
  public TrustChecks {
    keys = List.copyOf(keys);
  }

  /** What the channel asks for in vain. */
  public Diagnostics check(ChannelSource source) {
    var found = new Diagnostics.Collector();
    checkPromotes(source, found);
    source.channel().gates().evidence().forEach(kind -> checkKind(source, kind, found));
    checkHealth(source, found);
    source
        .channel()
        .gates()
        .approvals()
        .ifPresent(approvals -> checkApprovals(source, approvals, found));
    return found.diagnostics();
  }

  private void checkPromotes(ChannelSource source, Diagnostics.Collector found) {
    if (!granted(TrustedKey::promotes).contains(source.name())) {
      found.add(
          Diagnostic.at(
              source.at("/name"),
              Code.UNMOVABLE_CHANNEL,
              "no key may promote %s".formatted(source.name()),
              "add %s to promotes of a key in trust.yaml, such as the pipeline's"
                  .formatted(source.name())));
    }
  }

  private void checkKind(ChannelSource source, String kind, Diagnostics.Collector found) {
    var attested = granted(TrustedKey::attests);
    if (!attested.contains(kind)) {
      found.add(
          Diagnostic.at(
              source.at(source.spans().find("/gates/evidence", kind)),
              Code.UNMEETABLE_GATE,
              "evidence asks for %s, which no key may attest".formatted(kind),
              DidYouMean.nearest(kind, attested)
                  .map("did you mean %s?"::formatted)
                  .orElse("add %s to attests of a key in trust.yaml".formatted(kind))));
    }
  }

  private void checkHealth(ChannelSource source, Diagnostics.Collector found) {
    if (source.channel().gates().upstreamHealth().isPresent()
        && !granted(TrustedKey::attests).contains(EvidenceKind.HEALTH)) {
      found.add(
          Diagnostic.at(
              source.at("/gates/upstream_health"),
              Code.UNMEETABLE_GATE,
              "upstream_health asks for %s, which no key may attest".formatted(EvidenceKind.HEALTH),
              "add %s to attests of a key in trust.yaml".formatted(EvidenceKind.HEALTH)));
    }
  }

  private void checkApprovals(
      ChannelSource source, Approvals approvals, Diagnostics.Collector found) {
    var owners = owners(approvals.group());
    if (owners.isEmpty()) {
      found.add(
          Diagnostic.at(
              source.at("/gates/approvals/group"),
              Code.UNMEETABLE_GATE,
              "group is %s, which no key is in".formatted(approvals.group()),
              DidYouMean.nearest(approvals.group(), granted(TrustedKey::groups))
                  .map("did you mean %s?"::formatted)
                  .orElse("add %s to groups of keys in trust.yaml".formatted(approvals.group()))));
    } else if (owners.size() < approvals.count()) {
      found.add(
          Diagnostic.at(
              source.at("/gates/approvals/count"),
              Code.UNMEETABLE_GATE,
              "count is %s, but the keys of group %s belong to %s: %s"
                  .formatted(
                      approvals.count(),
                      approvals.group(),
                      owners.size() == 1 ? "one owner" : owners.size() + " owners",
                      String.join(", ", owners)),
              "lower the count, or add keys of other owners to the group: several keys of one"
                  + " owner are one voice"));
    }
  }

  private SortedSet<String> owners(String group) {
    var owners = new TreeSet<String>();
    keys.stream()
        .filter(key -> key.groups().contains(group))
        .forEach(key -> owners.add(key.owner()));
    return owners;
  }

  private SortedSet<String> granted(Function<TrustedKey, Collection<String>> rights) {
    var granted = new TreeSet<String>();
    keys.forEach(key -> granted.addAll(rights.apply(key)));
    return granted;
  }
}
