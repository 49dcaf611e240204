package org.velador.accounts.control;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * How long nobody may try after so many attempts that failed. The first few cost nothing, since people mistype; from then on each lock lasts
 * twice as long as the one before, up to a quarter of an hour.
 */
enum SignInLock {

    ACCOUNT(5, Duration.ofSeconds(30)),

    /** Many people may come from one address: a gateway, a terminal server. */
    ADDRESS(30, Duration.ofSeconds(30));

    /** Attempts are forgotten when there has been none for so long. */
    static final Duration MEMORY = Duration.ofMinutes(30);

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final int free;
    private final Duration first;

    SignInLock(int free, Duration first) {
        this.free = free;
        this.first = first;
    }

    /** @param failures in a row, with the one that is counted now */
    Optional<OffsetDateTime> until(int failures, OffsetDateTime now) {
        if (failures < free) {
            return Optional.empty();
        }
        Duration doubled = first.multipliedBy(1L << Math.min(failures - free, 10));
        return Optional.of(now.plus(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST));
    }

    /** What it is counted under. */
    String subject(String name) {
        return this == ACCOUNT ? "account " + name : "address " + name;
    }
}
