package dev.fairway.model;

/** What a cluster is for. */
public enum Environment implements Keyword {
  /** Carries what customers use; its stacks are protected against deletion. */
  PRODUCTION,
  TEST,
  /** Created for one end-to-end run and deleted after it. */
  E2E
}
