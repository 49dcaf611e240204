package org.velador.accounts.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInLockTest {

    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-03-14T08:15:00Z");

    @Test
    void firstFewFailuresCostNothing() {
        assertThat(SignInLock.ACCOUNT.until(4, NOW)).isEmpty();
        assertThat(SignInLock.ADDRESS.until(29, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5, 30", "6, 60", "7, 120", "8, 240", "9, 480", "10, 900", "11, 900", "1000000, 900"})
    void eachLockIsTwiceAsLongAsTheOneBeforeUpToAQuarterOfAnHour(int failures, long seconds) {
        assertThat(SignInLock.ACCOUNT.until(failures, NOW)).contains(NOW.plus(Duration.ofSeconds(seconds)));
    }

    @Test
    void accountAndAddressOfTheSameNameAreCountedApart() {
        assertThat(SignInLock.ACCOUNT.subject("10.0.0.1")).isNotEqualTo(SignInLock.ADDRESS.subject("10.0.0.1"));
    }
}
