package dev.fairway.channel;

/** What was read is not what it should be; the reason stands after a colon. */
final class MalformedEvidenceException extends Exception {
  private static final long serialVersionUID = 1;

  private final String why;

  MalformedEvidenceException(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
