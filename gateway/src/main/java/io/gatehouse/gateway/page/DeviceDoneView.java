package io.gatehouse.gateway.page;

/**
 * What came of a decision about a device.
 *
 * @param title key of a text
 * @param text key of a text
 * @param allowed whether the device gets what it asked for
 */
public record DeviceDoneView(String title, String text, boolean allowed) {
    static final DeviceDoneView ALLOWED = new DeviceDoneView("connect.allowed.title", "connect.allowed.text", true);
    static final DeviceDoneView DENIED = new DeviceDoneView("connect.denied.title", "connect.denied.text", false);
}
