package io.gatehouse.token;

/** What a JWT is, by its {@code typ}: no kind may pass as another. */
enum TokenType {
    /** RFC 9068. */
    ACCESS_TOKEN("at+jwt");

    private final String typ;

    TokenType(String typ) {
        this.typ = typ;
    }

    String typ() {
        return typ;
    }
}
