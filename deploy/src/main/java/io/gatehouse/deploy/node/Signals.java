package io.gatehouse.deploy.node;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM and SIGINT: the first asks to stop, a second one ends the process at once. A shutdown hook could do neither: it
 * would leave exit code 143 behind and never see the second. SIGHUP asks for whatever the process does then.
 */
public final class Signals implements AutoCloseable {
    private static final List<String> STOPPING = List.of("TERM", "INT");
    private static final int STOPPED_AT_ONCE = 130;

    private final CountDownLatch asked = new CountDownLatch(1);

    private Signals() {}

    /** Takes over both signals. */
    public static Signals listen() {
        Signals signals = new Signals();
        STOPPING.forEach(name -> handle(name, signals::onSignal));
        return signals;
    }

    /** Takes over SIGHUP, where there is such a signal; who started the process with nohup keeps it from arriving. */
    public void onHangup(Runnable asked) {
        try {
            handle("HUP", asked);
        } catch (IllegalStateException unknown) {
            // Not everywhere: the files are looked at without it as well.
        }
    }

    /** Returns when the process was asked to stop. */
    public void awaitStop() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        asked.countDown();
    }

    private void onSignal() {
        if (asked.getCount() == 0) {
            Runtime.getRuntime().halt(STOPPED_AT_ONCE);
        }
        asked.countDown();
    }

    // sun.misc.Signal is exported by jdk.unsupported for this use; naming it in source is a warning that can't be
    // switched off
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation = (proxy, method, arguments) -> invoked(proxy, method, action);
            Object ours = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, invocation);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java can't handle the signal " + name, e);
        }
    }

    private static Object invoked(Object proxy, Method method, Runnable action) {
        return switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield proxy;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> false;
            default -> "Signals";
        };
    }
}
