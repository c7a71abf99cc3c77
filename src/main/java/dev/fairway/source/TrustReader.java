package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.EvidenceKind;
import dev.fairway.model.Gate;
import dev.fairway.model.Keyword;
import dev.fairway.model.Trust;
import dev.fairway.model.TrustedKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** {@code trust.yaml}: the keys, and what each is trusted with. */
final class TrustReader {
  /** More than anybody knows the owners of; those that ended stay in it. */
  private static final int KEYS = 10_000;

  /** Far more rights of one sort than a key has. */
  private static final int MOST = 100;

  private static final List<String> GATES =
      Gate.overridable().stream().map(Keyword::keyword).toList();

  private final ObjectReader in;
  private final Field<String> owner;
  private final Field<String> key;
  private final Field<List<String>> promotes;
  private final Field<List<String>> attests;
  private final Field<List<String>> overrides;
  private final Field<List<String>> groups;
  private final Field<Instant> from;
  private final Field<Instant> until;

  private TrustReader(ObjectReader in, Collection<String> channels) {
    this.in = in;
    owner = in.required("owner", ChannelShapes.OWNER);
    key = in.required("key", ChannelShapes.KEY);
    promotes = rights("promotes", Shape.oneOf(channels));
    attests = rights("attests", ChannelShapes.KIND);
    overrides = rights("overrides", Shape.oneOf(GATES));
    groups = rights("groups", Shapes.NAME);
    from = in.required("from", ChannelShapes.INSTANT);
    until = in.optional("until", ChannelShapes.INSTANT);
  }

  static Optional<Trust> read(ObjectReader in, Collection<String> channels) {
    var key = Shape.<TrustedKey>object("a key", entry -> new TrustReader(entry, channels).read());
    var keys = in.required("keys", Shape.list(key, TrustedKey::key, KEYS));
    return in.build(() -> new Trust(keys.get()));
  }

  private Field<List<String>> rights(String name, Shape<String> right) {
    return in.optional(name, Shape.list(right, 0, MOST), List.<String>of());
  }

  private Optional<TrustedKey> read() {
    checkAttests();
    checkRights();
    checkValidity();
    return in.build(() ->
        new TrustedKey(
            owner.get(),
            key.get(),
            new TreeSet<>(promotes.get()),
            new TreeSet<>(attests.get()),
            new TreeSet<>(overrides.get()),
            new TreeSet<>(groups.get()),
            from.get(),
            until.value()));
  }

  /** What follows from another list must stand there, where it also says for what. */
  private void checkAttests() {
    var kinds = attests.value().orElse(List.of());
    for (var i = 0; i < kinds.size(); i++) {
      var kind = kinds.get(i);
      if (EvidenceKind.ALL.contains(kind) && !EvidenceKind.ATTESTED.contains(kind)) {
        in.broken(
            Diagnostic.at(
                in.itemSpan(attests.name(), i),
                Code.MISPLACED_GRANT,
                "attests has %s, which is granted elsewhere".formatted(kind),
                remedy(kind)));
      }
    }
  }

  private static String remedy(String kind) {
    return switch (kind) {
      case EvidenceKind.APPROVAL -> "remove it, and name the groups that the owner is in in groups";
      case EvidenceKind.OVERRIDE -> "remove it, and name the gates in overrides";
      default -> "remove it, and name the channels in promotes";
    };
  }

  private void checkRights() {
    var rights = List.of(promotes, attests, overrides, groups);
    var none = rights.stream().allMatch(right -> right.is(List::isEmpty));
    if (none && Stream.of(owner, key).allMatch(field -> field.value().isPresent())) {
      in.broken(
          Diagnostic.at(
              key.span(),
              Code.USELESS_KEY,
              "the key of %s is trusted with nothing".formatted(owner.get()),
              "write what it may do in promotes, attests, overrides or groups; to end a key, keep"
                  + " that and add until"));
    }
  }

  private void checkValidity() {
    if (until.with(from, (end, start) -> !end.isAfter(start))) {
      in.broken(
          Diagnostic.at(
                  until.span(),
                  Code.BACKWARDS_VALIDITY,
                  "until is %s, not after from".formatted(until.get()),
                  "write the first instant at which the key counts no more, after from")
              .with(from.name(), from.get(), from.span()));
    }
  }
}
