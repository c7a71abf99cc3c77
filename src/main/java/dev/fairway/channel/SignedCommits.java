package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.revwalk.RevCommit;

/** Commits with their signature in the header {@code gpgsig}, where {@code git} looks for it. */
public final class SignedCommits {
  private static final String HEADER = "gpgsig";

  private SignedCommits() {}

  /**
   * Signs the unsigned commit as it stands in the builder; whatever is set afterwards breaks it.
   */
  public static void sign(SigningKey key, CommitBuilder commit) {
    try {
      var armor = CommitSignatures.sign(key, commit.build());
      commit.setGpgSignature(new GpgSignature(armor.getBytes(US_ASCII)));
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every JDK has UTF-8", e);
    }
  }

  /**
   * Who signed the commit.
   *
   * @param commit with its body parsed
   */
  public static Signed signer(RevCommit commit) {
    return signer(commit.getRawBuffer());
  }

  /** Who signed the commit that these are the bytes of, as {@code git cat-file commit} shows it. */
  static Signed signer(byte[] commit) {
    var text = new String(commit, ISO_8859_1);
    var end = text.indexOf("\n\n");
    var head = end < 0 ? text : text.substring(0, end + 1);
    var payload = new StringBuilder();
    var signatures = new ArrayList<String>();
    for (var header : headers(head)) {
      if (header.startsWith(HEADER)) {
        signatures.add(header);
      } else {
        payload.append(header);
      }
    }
    payload.append(text, head.length(), text.length());
    return signer(payload.toString().getBytes(ISO_8859_1), signatures);
  }

  /** A second signature is one that some reader may take for the first. */
  private static Signed signer(byte[] payload, List<String> signatures) {
    if (signatures.isEmpty()) {
      return new Signed.Wrong("it is not signed");
    }
    if (signatures.size() > 1 || !signatures.getFirst().startsWith(HEADER + " ")) {
      return new Signed.Wrong("it is signed in more than one way");
    }
    var value = signatures.getFirst().substring(HEADER.length() + 1);
    return CommitSignatures.signer(payload, value.replace("\n ", "\n"));
  }

  /** Each with its line feed and the lines that continue it, which begin with a space. */
  private static List<String> headers(String head) {
    return List.of(head.split("(?<=\n)(?! )", -1));
  }
}
