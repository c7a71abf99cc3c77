package dev.fairway.deploy.aws;

import java.util.Arrays;
import java.util.Optional;

/** What CloudFormation says a stack is doing, or what became of it. */
public enum StackStatus {
  CREATE_IN_PROGRESS,
  CREATE_COMPLETE,
  CREATE_FAILED(
      "it was created with rollback switched off: see why it failed, and delete the stack"),
  ROLLBACK_IN_PROGRESS,
  /** Nothing of it stands; {@code cdk} deletes it and creates it anew. */
  ROLLBACK_COMPLETE,
  /** {@code cdk} tries to delete it, and says what can't be. */
  ROLLBACK_FAILED,
  UPDATE_IN_PROGRESS,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,
  UPDATE_COMPLETE,
  UPDATE_FAILED(
      "it was updated with rollback switched off: `aws cloudformation rollback-stack` brings it"
          + " back"),
  UPDATE_ROLLBACK_IN_PROGRESS,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,
  UPDATE_ROLLBACK_COMPLETE,
  UPDATE_ROLLBACK_FAILED(
      "mend what its events name, then `aws cloudformation continue-update-rollback`"),
  IMPORT_IN_PROGRESS,
  IMPORT_COMPLETE,
  IMPORT_ROLLBACK_IN_PROGRESS,
  IMPORT_ROLLBACK_COMPLETE,
  IMPORT_ROLLBACK_FAILED("mend what its events name, then import again"),
  /** A change set made it, and nobody executed that: it holds no resource. */
  REVIEW_IN_PROGRESS("it holds nothing yet but a change set of somebody: delete the stack"),
  DELETE_IN_PROGRESS,
  DELETE_COMPLETE,
  DELETE_FAILED("remove what its events name, then delete the stack again"),
  /** A word that CloudFormation has only since this was written. */
  UNKNOWN;

  private final Optional<String> remedy;

  StackStatus() {
    this.remedy = Optional.empty();
  }

  StackStatus(String remedy) {
    this.remedy = Optional.of(remedy);
  }

  public static StackStatus of(String name) {
    return Arrays.stream(values())
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** Whether it changes without anybody's doing. */
  public boolean isInProgress() {
    return name().endsWith("_IN_PROGRESS") && this != REVIEW_IN_PROGRESS;
  }

  /** Whether the last operation did not do what it should, rolled back or not. */
  public boolean isFailed() {
    return name().endsWith("_FAILED") || name().contains("ROLLBACK");
  }

  /** Whether the stack holds resources, so that it can be updated and compared. */
  public boolean isStanding() {
    return switch (this) {
      case REVIEW_IN_PROGRESS, ROLLBACK_COMPLETE, ROLLBACK_FAILED, DELETE_COMPLETE, DELETE_FAILED ->
          false;
      default -> true;
    };
  }

  /** Whether CloudFormation detects drift of a stack in this state; in others it refuses to. */
  boolean isDetectable() {
    return switch (this) {
      case CREATE_COMPLETE, UPDATE_COMPLETE, UPDATE_ROLLBACK_COMPLETE, UPDATE_ROLLBACK_FAILED ->
          true;
      default -> false;
    };
  }

  /** What a person must do before anything can be deployed to it; empty when nothing. */
  public Optional<String> remedy() {
    return remedy;
  }
}
