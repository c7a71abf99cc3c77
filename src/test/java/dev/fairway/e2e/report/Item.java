package dev.fairway.e2e.report;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which of the things to be proved a test is about, by its number in {@code e2e/report.yaml}. On a
 * method it counts instead of the one on its class. Whatever has it may take an {@link Evidence} as
 * a parameter.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(HandsEvidenceIn.class)
public @interface Item {
  int value();
}
