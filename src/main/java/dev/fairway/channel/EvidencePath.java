package dev.fairway.channel;

import dev.fairway.model.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a statement stands on the branch {@code evidence}: {@code
 * <channel>/<di>/<digest>.<kind>.<file>.json}, {@code di} being the first two digits of the
 * release's digest.
 *
 * <p>Who pushes one statement more, and who takes it, looks at every folder of the branch. One with
 * all releases would be written whole each time; one for each release would be thousands to open.
 *
 * @param release the digest of the release that it is about
 * @param file the digest of the file's own bytes, so that a file is never another one later
 */
public record EvidencePath(String channel, Digest release, String kind, Digest file)
    implements Comparable<EvidencePath> {
  private static final String WORD = "[a-z][a-z0-9-]{0,62}";
  private static final int FANNED = 2;
  private static final Pattern FORM =
      Pattern.compile(
          "(%1$s)/([0-9a-f]{2})/(\\2[0-9a-f]{62})\\.(%1$s)\\.([0-9a-f]{64})\\.json"
              .formatted(WORD));
  private static final Pattern IS_WORD = Pattern.compile(WORD);

  public EvidencePath {
    requireWord(channel);
    requireWord(kind);
  }

  /** Empty for a path that no statement has. */
  public static Optional<EvidencePath> parse(String path) {
    return Optional.of(FORM.matcher(path))
        .filter(matcher -> matcher.matches())
        .map(parts ->
            new EvidencePath(
                parts.group(1),
                new Digest(parts.group(3)),
                parts.group(4),
                new Digest(parts.group(5))));
  }

  /** Where a file of these bytes goes. */
  static EvidencePath of(Statement statement, byte[] file) {
    return new EvidencePath(
        statement.channel(), statement.release(), statement.kind(), Digest.of(file));
  }

  /** Where all stands that was said of a release in a channel, among what is said of others. */
  static String folder(String channel, Digest release) {
    return channel + "/" + release.hex().substring(0, FANNED);
  }

  /** Whether it can be the name of a channel or a kind: lower case, digits, hyphens. */
  public static boolean isWord(String text) {
    return IS_WORD.matcher(text).matches();
  }

  static void requireWord(String text) {
    if (!isWord(text)) {
      throw new IllegalArgumentException("not a channel or kind: " + text);
    }
  }

  @Override
  public int compareTo(EvidencePath other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return "%s/%s.%s.%s.json".formatted(folder(channel, release), release, kind, file);
  }
}
