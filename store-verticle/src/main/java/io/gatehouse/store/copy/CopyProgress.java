package io.gatehouse.store.copy;

/** Is told after each page how far a copy is. */
public interface CopyProgress {
    /**
     * @param kind of rows, in the plural
     * @param done of them, earlier runs included
     * @param of how many the source has
     */
    void copied(String kind, long done, long of);
}
