package dev.fairway.e2e.report;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test its {@link Evidence}. */
final class HandsEvidenceIn implements ParameterResolver, AfterEachCallback, AfterAllCallback {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Evidence.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return Evidence.of(test.getUniqueId());
  }

  @Override
  public void afterEach(ExtensionContext test) {
    Evidence.of(test.getUniqueId()).readLogs();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    Evidence.of(tests.getUniqueId()).readLogs();
  }
}
