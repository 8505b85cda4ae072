package io.gatehouse.gateway.http;

/** Ids that callers give their requests: repeated in our log and answers only if they can do no harm there. */
final class RequestIds {
    private static final int MAX_LENGTH = 64;

    private RequestIds() {}

    static boolean isDecent(String id) {
        return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(RequestIds::isPlain);
    }

    private static boolean isPlain(int c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || c == '-' || c == '_' || c == '.';
    }
}
