package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import java.io.EOFException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;

/** An object of Git that a clone should have whole and does not: no bug of ours. */
final class BrokenObject {
  /** Git's own messages name the object. */
  private static final String REMEDY =
      "git fsck --full names what is broken; where that can't be mended, clone the repository anew";

  private BrokenObject() {}

  /** What to say of it, where that is what the failure comes from. */
  static Optional<GitFailure> failure(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .flatMap(cause -> message(cause).stream())
        .findFirst()
        .map(message -> Refusal.of(Code.BROKEN_OBJECT, message, REMEDY));
  }

  private static Optional<String> message(Throwable cause) {
    return switch (cause) {
      case MissingObjectException missing ->
          Optional.of(
              "the clone lacks the object %s, which a branch of it needs"
                  .formatted(missing.getObjectId().name()));
      case CorruptObjectException corrupt ->
          Optional.of("an object of the clone is corrupt: " + corrupt.getMessage());
      case IncorrectObjectTypeException other ->
          Optional.of("an object of the clone is not what it should be: " + other.getMessage());
      // Of a file of an object that was cut off.
      case EOFException _, ZipException _ -> Optional.of("an object of the clone is cut off");
      default -> Optional.empty();
    };
  }
}
