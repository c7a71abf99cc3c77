package dev.fairway.model;

/** Where a cluster stands between being asked for and being gone. */
public enum LifecycleStatus implements Keyword {
  REQUESTED,
  CREATING,
  READY,
  DECOMMISSION_REQUESTED,
  DECOMMISSIONED
}
