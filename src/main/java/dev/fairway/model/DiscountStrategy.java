package dev.fairway.model;

/** How a pool pays for its instances. */
public enum DiscountStrategy implements Keyword {
  NONE,
  /** What EC2 has to spare, taken back at two minutes' notice. */
  SPOT
}
