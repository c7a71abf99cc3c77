package dev.fairway.platform.component.access;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.node.TokenWebhook;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * The switch of the token webhook, by which people and CI get in with OAuth tokens. It has no
 * object in the cluster: it runs as a static pod, since the API server asks it before anybody may
 * ask for anything, and {@link TokenWebhook} has its files.
 */
@AutoService(Component.class)
public final class OAuthTokens implements Component {
  @Override
  public String name() {
    return "token-webhook";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(TokenWebhook.ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return TokenWebhook.settings();
  }

  @Override
  public List<Symbol> needs() {
    return TokenWebhook.needs();
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of();
  }
}
