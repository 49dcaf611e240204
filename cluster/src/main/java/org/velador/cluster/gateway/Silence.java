package org.velador.cluster.gateway;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how long one side may keep silent, counted anew from each sign of life, as nginx's read and write timeouts are. A
 * sign of life only moves the deadline; the timer itself looks at it when it fires, so a stream of many pieces costs no
 * more timers than a single answer.
 */
final class Silence {

    private static final long NONE = Long.MAX_VALUE;

    private final EventLoop loop;
    private final Runnable broken;
    private long deadline = NONE;
    private ScheduledFuture<?> timer;
    private boolean ended;

    /** @param broken run when the silence has lasted too long, at most once */
    Silence(EventLoop loop, Runnable broken) {
        this.loop = loop;
        this.broken = broken;
    }

    /** From now on the other side must show life within the limit. */
    void within(Duration limit) {
        if (ended) {
            return;
        }
        deadline = System.nanoTime() + limit.toNanos();
        if (timer == null) {
            timer = loop.schedule(this::look, limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** It is somebody else's turn. */
    void pause() {
        deadline = NONE;
    }

    /** For good. */
    void end() {
        ended = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void look() {
        timer = null;
        if (ended || deadline == NONE) {
            return;
        }
        long left = deadline - System.nanoTime();
        if (left > 0) {
            timer = loop.schedule(this::look, left, TimeUnit.NANOSECONDS);
        } else {
            broken.run();
        }
    }
}
