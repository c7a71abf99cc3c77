package dev.fairway.access;

/** Somebody who must be asked does not answer, or not as agreed. The message holds no token. */
final class OutageException extends Exception {
  private static final long serialVersionUID = 1L;

  OutageException(String message) {
    super(message);
  }

  OutageException(String message, Throwable cause) {
    super(message, cause);
  }
}
