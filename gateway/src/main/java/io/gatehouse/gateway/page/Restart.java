package io.gatehouse.gateway.page;

/** Where somebody starts again whose form comes from another browser, tenant or session, or after its time. */
enum Restart {
    /** Only the client knows what it wanted. */
    IN_CLIENT("error.page_too_old", PagePaths.ACCOUNT, "error.account"),
    /** Whether a client sent the person is not known any more. */
    LOGIN("error.login_too_old", PagePaths.LOGIN, "error.login"),
    ACCOUNT("error.account_too_old", PagePaths.ACCOUNT, "error.account"),
    DEVICE("error.device_too_old", PagePaths.DEVICE, "error.device"),
    /** Only the service knows what was wanted there. */
    IN_SERVICE("error.service_too_old", PagePaths.ACCOUNT, "error.account"),
    LOGOUT("error.logout_too_old", PagePaths.LOGOUT, "error.logout");

    private final String message;
    private final String path;
    private final String label;

    /**
     * @param message key of its text
     * @param path as it is mounted
     * @param label key of the text of the link
     */
    Restart(String message, String path, String label) {
        this.message = message;
        this.path = path;
        this.label = label;
    }

    String message() {
        return message;
    }

    String path() {
        return path;
    }

    String label() {
        return label;
    }
}
