package io.gatehouse.gateway.page;

import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.oauth.Protocol;
import java.util.stream.Stream;

/** The way of a user whose device waits (RFC 8628, section 3.3): login, code, question, done. */
public final class DevicePages {
    /** Under which it stands beside the protocol's other endpoints. */
    private static final String ALIAS = "/oauth2/device";

    private final Pages pages;
    private final DevicePage entry;
    private final DeviceQuestion question;

    public DevicePages(Protocol protocol, PageParts parts) {
        Resumption resumption = new Resumption(parts);
        LoginPage login = new LoginPage(parts, protocol.sessions(), resumption);
        this.pages = parts.pages();
        this.question = new DeviceQuestion(parts, protocol.deviceDecision(), login);
        this.entry = new DevicePage(parts, protocol.sessions(), protocol.deviceDecision(), resumption, login, question);
    }

    /** Its lines of the table of contents. */
    public Stream<Mount> mounts() {
        ErrorStyle style = pages.errors();
        return Stream.of(
                Mount.get(PagePaths.DEVICE, style, pages.guarded(entry::show)),
                Mount.post(PagePaths.DEVICE, style, pages.guarded(entry::submit)),
                Mount.post(PagePaths.DEVICE_DECISION, style, pages.guarded(question::submit)),
                Mount.get(ALIAS, style, pages.guarded(entry::show)));
    }
}
