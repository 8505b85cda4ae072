package io.gatehouse.gateway.page;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import io.gatehouse.common.model.Branding;
import io.gatehouse.gateway.http.Reply;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How pages look to one browser: in its language, in its tenant's colours, with links that stay in the tenant. */
public final class Look {
    private final String tenant;
    private final Texts texts;
    private final @Nullable Branding branding;
    private final PagePaths paths;
    private final StyleSheet sheet;
    private final ScopeWords scopes;
    private final DetailWords details;

    Look(
            String tenant,
            Texts texts,
            @Nullable Branding branding,
            PagePaths paths,
            StyleSheet sheet,
            ScopeWords scopes,
            DetailWords details) {
        this.tenant = tenant;
        this.texts = texts;
        this.branding = branding;
        this.paths = paths;
        this.sheet = sheet;
        this.scopes = scopes;
        this.details = details;
    }

    public Texts texts() {
        return texts;
    }

    /** What a scope allows, in words of the page's language. */
    ScopeLine scope(String value) {
        return scopes.line(value, texts);
    }

    /**
     * What authorization details allow, likewise.
     *
     * @param json an array; null: there are none
     */
    List<DetailLine> details(@Nullable String json) {
        return details.lines(json, texts);
    }

    /** @param mounted as it is mounted */
    public String path(String mounted) {
        return paths.of(tenant, mounted);
    }

    /** @param title in the page's language */
    public Frame frame(String title) {
        String style = path(PagePaths.STYLE) + "?v=" + sheet.version(branding);
        return new Frame(texts, title, branding, style, path(PagePaths.ACCOUNT));
    }

    /**
     * A page whose forms lead to our own paths only.
     *
     * @param template writes the page
     */
    public Reply page(int status, Consumer<HtmlTemplateOutput> template) {
        return page(status, null, false, template);
    }

    /**
     * A page.
     *
     * @param target a URI outside that its form leads to in the end; null: none
     * @param script whether it has our script
     * @param template writes the page
     */
    Reply page(int status, @Nullable String target, boolean script, Consumer<HtmlTemplateOutput> template) {
        Utf8ByteOutput out = new Utf8ByteOutput();
        template.accept(new OwaspHtmlTemplateOutput(out));
        String logo = branding == null ? null : branding.logoUri();
        return Reply.html(status, Buffer.buffer(out.toByteArray()), ContentPolicy.of(logo, target, script));
    }
}
