package io.gatehouse.store.embedded;

import java.util.ArrayDeque;
import java.util.Deque;

/** How to take back what the operation at hand has written. For the writer thread only. */
final class UndoLog {
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private boolean wrote;

    void add(Runnable step) {
        wrote = true;
        steps.push(step);
    }

    /** The operation succeeded: what it wrote stays. */
    void keep() {
        steps.clear();
    }

    /** The operation failed: nothing of it stays. */
    void takeBack() {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }

    /** Whether anything was written since the last commit. */
    boolean wrote() {
        return wrote;
    }

    void committed() {
        wrote = false;
    }
}
