package dev.fairway.platform.component.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server judges it in src/test/resources/e2e/ingress.yaml; here are more spellings. */
class RouteGroupTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "HTTP://LocalHost:9911",
        "127.0.0.1:9911",
        "http://127.1",
        "http://0",
        "http://0:9911",
        "http://0/",
        "http://0.0.0.0:9911",
        "http://0x7f000001",
        "http://0X7F.1",
        "http://0177.0.0.1",
        "http://2130706433:9911",
        "http://2852039166",
        "http://169.254.169.254",
        "http://169.16689662",
        "http://[::1]:9911",
        "http://[fd00:ec2::254]",
        "http://a:b@127.0.0.1",
      })
  void theProxyItselfAndTheMetadataServiceAreKnownInEverySpelling(String address) {
    assertThat(isOwn(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.9.0.1:80",
        "https://172.16.0.9",
        "https://old.example.org",
        "https://1.example.org:8443",
        "https://2130706433.example.org",
        "https://127-0-0-1.example.org",
        "http://169.25.4.1",
        "http://1.0.0.1",
      })
  void otherAddressesAreNot(String address) {
    assertThat(isOwn(address)).isFalse();
  }

  private static boolean isOwn(String address) {
    return Pattern.compile(RouteGroup.OWN_ADDRESS).matcher(address).find();
  }
}
