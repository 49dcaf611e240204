package org.velador.ear.outside;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Bad requests that were tried, and those among their answers that are wrong. */
final class Tried {

    /** An answer to bad input says what was wrong with it, not all of it again. */
    private static final int LONGEST_REFUSAL = 16 * 1024;

    private final AtomicInteger count = new AtomicInteger();
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    /** What the application answered: it serves the request or refuses it with a problem, and fails in no case. */
    void answered(String request, Answer answer) {
        count.incrementAndGet();
        try {
            if (answer.status() >= 500) {
                throw new AssertionError("it failed");
            }
            if (answer.status() >= 400) {
                answer.isProblem();
            }
            if (answer.status() >= 400 && answer.body().length() > LONGEST_REFUSAL) {
                throw new AssertionError(answer.body().length() + " characters");
            }
            if (!answer.header("X-Injected").isEmpty()) {
                throw new AssertionError("a header of the client's own");
            }
        } catch (Exception | AssertionError e) {
            say(request, answer, e.getMessage());
        }
    }

    /** The same, or the server refused the request before the application saw it: by a status alone. */
    void answeredOrCutShort(String request, Answer answer) {
        if (answer.status() >= 400 && answer.status() < 500 && answer.body().isEmpty()) {
            count.incrementAndGet();
        } else {
            answered(request, answer);
        }
    }

    /** The other side hung up, which is no answer, but not the same as none in time. */
    void closed(String request, IOException how) {
        if (how instanceof SocketTimeoutException) {
            failed(request, how);
        } else {
            count.incrementAndGet();
        }
    }

    void failed(String request, Exception why) {
        count.incrementAndGet();
        wrong.add(shown(request) + "\n  no answer: " + why);
    }

    private void say(String request, Answer answer, String why) {
        wrong.add(shown(request) + "\n  " + answer.status() + " " + shown(answer.body()) + "\n  " + shown(String.valueOf(why).strip()));
    }

    int count() {
        return count.get();
    }

    List<String> wrong() {
        return wrong;
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(300).forEach(c -> {
            if (c >= ' ' && c < 0x7f) {
                shown.append((char) c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown + (text.length() > 300 ? "… (" + text.length() + ")" : "");
    }
}
