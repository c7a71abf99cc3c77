package dev.fairway.deploy;

/**
 * The Kubernetes side of a deploy. A new cluster's API comes to life half-way: it is entered, which
 * is proving that it is this cluster's and taking its lock, as soon as it is up.
 */
final class Control implements AutoCloseable {}
