package org.velador.instance;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. A shutdown hook will not do: hooks run all at once, and the server's own one would stop it while
 * it should still serve; and a JVM that ends by the signal's default reports 143, never 0.
 */
final class Signals {

    private Signals() {
    }

    /**
     * Runs the action, in a thread of its own, each time the signal arrives.
     *
     * @param name without SIG, as in {@code TERM}
     */
    static void handle(String name, Runnable action) {
        // sun.misc.Signal is exported and supported (JEP 260), but javac warns of every mention and nothing silences it.
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) ->
                    method.getDeclaringClass() == Object.class ? objectMethod(action, method, arguments) : run(action));
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new StartException("This Java cannot handle SIG%s: %s".formatted(name, e), e);
        }
    }

    private static Object run(Runnable action) {
        action.run();
        return null;
    }

    private static Object objectMethod(Runnable action, Method method, Object[] arguments) throws ReflectiveOperationException {
        return method.invoke(action, arguments);
    }
}
