package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.velador.cluster.gateway.KongConfig.RateLimit;
import org.velador.cluster.gateway.KongConfig.RateLimit.Period;
import org.velador.cluster.gateway.KongConfig.RateLimit.Window;

class RateLimiterTest {

    private static final long NOON = 1_700_000_040_000L; // a full minute

    private final InetAddress client = InetAddress.getLoopbackAddress();
    private final RateLimiter limiter =
            new RateLimiter(new RateLimit(List.of(new Window(Period.SECOND, 2), new Window(Period.MINUTE, 5)), false));

    @Test
    void limitOfASecondHoldsUntilTheClocksNextSecond() {
        assertThat(limiter.take(client, NOON + 100).exceeded()).isFalse();
        assertThat(limiter.take(client, NOON + 200).exceeded()).isFalse();
        assertThat(limiter.take(client, NOON + 999).exceeded()).isTrue();
        assertThat(limiter.take(client, NOON + 1000).exceeded()).isFalse();
    }

    @Test
    void limitOfAMinuteHoldsUntilTheClocksNextMinute() {
        for (int i = 0; i < 5; i++) {
            assertThat(limiter.take(client, NOON + i * 1000).exceeded()).isFalse();
        }
        assertThat(limiter.take(client, NOON + 30_000).exceeded()).isTrue();
        assertThat(limiter.take(client, NOON + 30_000).reset()).isEqualTo(30);
        assertThat(limiter.take(client, NOON + 60_000).exceeded()).isFalse();
    }

    @Test
    void refusedRequestsAreNotCounted() {
        for (int i = 0; i < 100; i++) {
            limiter.take(client, NOON);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.take(client, NOON + 1000 + i * 1000).exceeded()).isFalse();
        }
    }

    @Test
    void eachAddressHasItsOwn() throws Exception {
        limiter.take(client, NOON);
        limiter.take(client, NOON);
        assertThat(limiter.take(client, NOON).exceeded()).isTrue();
        assertThat(limiter.take(InetAddress.getByName("127.0.0.9"), NOON).exceeded()).isFalse();
    }

    @Test
    void answersTellWhatIsLeft() {
        limiter.take(client, NOON);
        assertThat(headers(limiter.take(client, NOON + 30_500)))
                .containsEntry("x-ratelimit-limit-second", "2").containsEntry("x-ratelimit-remaining-second", "1")
                .containsEntry("x-ratelimit-limit-minute", "5").containsEntry("x-ratelimit-remaining-minute", "3")
                .containsEntry("ratelimit-limit", "2").containsEntry("ratelimit-remaining", "1")
                .containsEntry("ratelimit-reset", "1");
    }

    @Test
    void answersKeepSilentWhereAskedTo() {
        RateLimiter silent = new RateLimiter(new RateLimit(List.of(new Window(Period.MINUTE, 5)), true));
        assertThat(headers(silent.take(client, NOON))).doesNotContainKey("ratelimit-limit");
    }

    private static Map<String, String> headers(RateLimiter.Standing standing) {
        ResponseHeadersBuilder answer = ResponseHeaders.builder(HttpStatus.OK);
        standing.onto(answer);
        Map<String, String> headers = new HashMap<>();
        answer.build().forEach((name, value) -> headers.put(name.toString(), value));
        return headers;
    }
}
