package org.velador.cluster.gateway;

import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.velador.cluster.gateway.KongConfig.RateLimit;

/**
 * Counts the requests of each client address in windows of the clock, as Kong's rate-limiting plugin does with the policy
 * {@code local}: a request that would exceed any limit is refused and not counted. What it remembers is dropped whenever the
 * longest window ends.
 */
final class RateLimiter {

    private static final AsciiString LIMIT = AsciiString.of("ratelimit-limit");
    private static final AsciiString REMAINING = AsciiString.of("ratelimit-remaining");
    private static final AsciiString RESET = AsciiString.of("ratelimit-reset");

    private final List<RateLimit.Window> windows;
    private final boolean told;
    private final AsciiString[] limitNames;
    private final AsciiString[] remainingNames;
    private final Map<InetAddress, Usage> usages = new HashMap<>();
    private long longest;

    /** What one client used of each window. */
    private static final class Usage {

        final long[] windows;
        final int[] used;

        Usage(int count) {
            windows = new long[count];
            used = new int[count];
        }
    }

    /** Where one client stands after a request. */
    final class Standing {

        private final int[] remaining;
        private final int tightest;
        private final int reset;
        private final boolean exceeded;

        private Standing(int[] remaining, int tightest, int reset, boolean exceeded) {
            this.remaining = remaining;
            this.tightest = tightest;
            this.reset = reset;
            this.exceeded = exceeded;
        }

        boolean exceeded() {
            return exceeded;
        }

        /** Seconds until the window that leaves least begins anew. */
        int reset() {
            return reset;
        }

        void onto(ResponseHeadersBuilder answer) {
            if (!told) {
                return;
            }
            for (int i = 0; i < remaining.length; i++) {
                answer.setInt(limitNames[i], windows.get(i).limit());
                answer.setInt(remainingNames[i], remaining[i]);
            }
            answer.setInt(LIMIT, windows.get(tightest).limit());
            answer.setInt(REMAINING, remaining[tightest]);
            answer.setInt(RESET, reset);
        }
    }

    RateLimiter(RateLimit limits) {
        windows = limits.windows();
        told = !limits.hideClientHeaders();
        limitNames = names("x-ratelimit-limit-");
        remainingNames = names("x-ratelimit-remaining-");
    }

    /** @param now milliseconds since 1970 */
    Standing take(InetAddress client, long now) {
        long window = now / windows.get(windows.size() - 1).period().millis();
        if (window != longest) {
            longest = window;
            usages.clear();
        }
        Usage usage = usages.computeIfAbsent(client, unknown -> new Usage(windows.size()));
        int exceeded = exceeded(usage, now);
        int[] remaining = new int[windows.size()];
        int tightest = 0;
        for (int i = 0; i < remaining.length; i++) {
            boolean counts = exceeded < 0 || exceeded == i;
            remaining[i] = Math.max(0, windows.get(i).limit() - usage.used[i] - (counts ? 1 : 0));
            if (remaining[i] <= remaining[tightest]) {
                tightest = i; // of equal ones the longer
            }
            if (exceeded < 0) {
                usage.used[i]++;
            }
        }
        long period = windows.get(tightest).period().millis();
        int reset = (int) Math.max(1, period / 1000 - now % period / 1000);
        return new Standing(remaining, tightest, reset, exceeded >= 0);
    }

    /** The longest window that is used up, -1 for none. */
    private int exceeded(Usage usage, long now) {
        int exceeded = -1;
        for (int i = 0; i < windows.size(); i++) {
            long window = now / windows.get(i).period().millis();
            if (usage.windows[i] != window) {
                usage.windows[i] = window;
                usage.used[i] = 0;
            }
            if (usage.used[i] >= windows.get(i).limit()) {
                exceeded = i;
            }
        }
        return exceeded;
    }

    private AsciiString[] names(String prefix) {
        return windows.stream().map(window -> AsciiString.of(prefix + window.period().key())).toArray(AsciiString[]::new);
    }
}
