package dev.fairway.model;

/** Whether the API server's load balancer has public addresses. */
public enum ApiScheme implements Keyword {
  INTERNET_FACING,
  INTERNAL
}
