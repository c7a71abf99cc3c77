package dev.fairway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SimpleSecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tokens that carry their issuer's signature (RFC 7519), proved by the keys that the issuer
 * publishes. A key that is not known yet makes the set be fetched again, so the issuer may change
 * its keys at any time, but never more than twice in half a minute, whatever tokens come.
 */
final class SignedTokens implements TokenVerifier {
  /** Those of key pairs. With a shared secret whoever verifies could issue. */
  static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final int SKEW_SECONDS = 30;
  private static final Duration KEYS_LIVE = Duration.ofMinutes(10);
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);

  private final Config config;
  private final JWKSource<SecurityContext> keys;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  SignedTokens(Config config, Fetch fetch, InstantSource clock) {
    this.config = config;
    this.keys =
        JWKSourceBuilder.create(url(config.verificationUrl()), url -> keySet(fetch, url))
            .cache(KEYS_LIVE.toMillis(), fetch.patience().multipliedBy(2).toMillis())
            .refreshAheadCache(false)
            .rateLimited(BETWEEN_FETCHES.toMillis())
            .build();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier(claims(config, clock));
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> claims(
      Config config, InstantSource clock) {
    var verifier =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            config.audience(),
            new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
            Set.of("exp", config.userClaim())) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew(SKEW_SECONDS);
    return verifier;
  }

  /** The issuer is read before keys are asked for: a stranger's token must cost nothing. */
  @Override
  public Claim verify(String token) throws OutageException {
    try {
      var jwt = SignedJWT.parse(token);
      if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
        return new Claim.Refused("its algorithm is not taken");
      }
      if (!config.issuer().equals(jwt.getJWTClaimsSet().getIssuer())) {
        return new Claim.Refused("it is of another issuer");
      }
      return held(processor.process(jwt, new SimpleSecurityContext()));
    } catch (ParseException e) {
      return new Claim.Refused("it is no signed JWT");
    } catch (BadJWTException e) {
      return new Claim.Refused("its claims: " + e.getMessage());
    } catch (KeySourceException e) {
      throw new OutageException("the issuer's keys can't be had", e);
    } catch (BadJOSEException | JOSEException e) {
      return new Claim.Refused("its signature is of none of the issuer's keys");
    }
  }

  private Claim held(JWTClaimsSet claims) throws ParseException {
    var user = claims.getStringClaim(config.userClaim());
    return Users.isName(user)
        ? new Claim.Held(user, claims.getExpirationTime().toInstant())
        : new Claim.Refused("its user has a name that is not taken");
  }

  @Override
  public boolean isReady() {
    try {
      var all = new JWKSelector(new JWKMatcher.Builder().build());
      return !keys.get(all, new SimpleSecurityContext()).isEmpty();
    } catch (KeySourceException e) {
      return false;
    }
  }

  private static Resource keySet(Fetch fetch, URL url) throws IOException {
    try {
      var response = fetch.get(url.toURI(), accept());
      if (response.status() != 200) {
        throw new IOException(url.getHost() + " answers " + response.status());
      }
      return new Resource(new String(response.body(), StandardCharsets.UTF_8), "application/json");
    } catch (OutageException | URISyntaxException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static SortedMap<String, String> accept() {
    return Collections.unmodifiableSortedMap(
        new TreeMap<>(Map.of("Accept", "application/json, application/jwk-set+json")));
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(uri + " is no URL", e);
    }
  }
}
