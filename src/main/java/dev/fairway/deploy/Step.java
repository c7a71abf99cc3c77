package dev.fairway.deploy;

import dev.fairway.diagnostic.Outcome;
import java.util.List;
import java.util.function.Supplier;

/**
 * One step of a run. Each may be done again by the next run, whatever was done of it before.
 *
 * @param work what it changed, or why it can't go on
 */
record Step(String name, Supplier<Outcome<List<Change>>> work) {}
