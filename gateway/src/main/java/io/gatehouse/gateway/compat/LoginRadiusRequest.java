package io.gatehouse.gateway.compat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.compat.LoginRadiusErrors.Refusal;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.StrictJson;
import io.gatehouse.gateway.oauth.Parameters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request on the LoginRadius paths says, in the conventions of that vendor's clients: names of query parameters in
 * any case, values that nobody encoded, and bodies that are JSON whatever they are called. Each method refuses in its own
 * number, so that the order of the calls is the order of the checks.
 */
final class LoginRadiusRequest {
    /** @param name as the body gave it; {@code phone} in E.164 */
    record Login(LoginName name, Secret password) {}

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern TEMPLATE = Pattern.compile("[A-Za-z0-9._ -]{1,100}");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");
    private static final int MAX_NONCE = 255;
    private static final int MAX_URL = 2048;
    private static final int MAX_NAME = 255;
    private static final int MAX_PASSWORD = 1024;
    private static final int MAX_BODY = 16 * 1024;
    private static final StrictJson JSON = new StrictJson(8);

    private static final Map<String, LoginName.Kind> NAMES =
            Map.of("email", LoginName.Kind.EMAIL, "username", LoginName.Kind.USERNAME, "phone", LoginName.Kind.PHONE);

    private final Exchange exchange;
    private final Parameters query;

    private LoginRadiusRequest(Exchange exchange, Parameters query) {
        this.exchange = exchange;
        this.query = query;
    }

    static LoginRadiusRequest of(Exchange exchange) {
        String query = exchange.rawQuery();
        Parameters parameters = Parameters.ignoringCase();
        return new LoginRadiusRequest(
                exchange, query == null ? parameters : FormBody.parse(Buffer.buffer(query), parameters));
    }

    String clientAddress() {
        return exchange.clientAddress();
    }

    /** In lower case: it has none. */
    String apikey() {
        String apikey = query.get("apikey");
        if (apikey == null) {
            throw Refusal.APIKEY_MISSING.failure();
        }
        if (!UUID.matcher(apikey).matches()) {
            throw Refusal.APIKEY_MALFORMED.failure();
        }
        return apikey.toLowerCase(Locale.ROOT);
    }

    /** At the root an apikey may be any tenant's; behind a tenant's prefix it must be that tenant's. */
    boolean mayName(Tenant tenant) {
        return exchange.tenant().equals(Tenant.MAIN) || exchange.tenant().equals(tenant.id());
    }

    /** In the path or in the query. */
    String app() {
        String name = exchange.pathVariable() == null ? query.get("jwtapp") : exchange.pathVariable();
        if (name == null) {
            throw Refusal.APP_MISSING.failure();
        }
        return name;
    }

    /** Only the newer form of the path, with the app in it, has one. */
    @Nullable
    String nonce() {
        String nonce = exchange.pathVariable() == null ? null : query.get("nonce");
        if (nonce != null && (nonce.length() > MAX_NONCE || !isPlain(nonce))) {
            throw malformed("nonce must have at most " + MAX_NONCE + " characters and no control characters");
        }
        return nonce;
    }

    /** In the query, as a Bearer token, or as both: some clients send it twice. */
    Secret accessToken() {
        String queried = query.get("access_token");
        String bearer = exchange.bearerToken();
        if (queried == null && bearer == null) {
            throw Refusal.TOKEN_MISSING.failure();
        }
        Secret token = Secret.of(queried == null ? Objects.requireNonNull(bearer) : queried);
        if (bearer != null && !token.equals(Secret.of(bearer))) {
            throw Refusal.TOKEN_INVALID.failure("access_token and the Bearer token differ: send one of them");
        }
        return token;
    }

    /** As {@link #accessToken}, for what a link that somebody was made to follow must not do. */
    Secret accessTokenAsBearer() {
        if (exchange.bearerToken() == null) {
            throw Refusal.TOKEN_MISSING.failure("preventRefresh=true needs the access token as a Bearer token");
        }
        return accessToken();
    }

    boolean preventsRefresh() {
        String value = query.get("preventrefresh");
        if (value == null || value.equalsIgnoreCase("false")) {
            return false;
        }
        if (!value.equalsIgnoreCase("true")) {
            throw malformed("preventRefresh must be true or false");
        }
        return true;
    }

    /** What a mail to the user would hold. None is sent by a login: it is looked at, so that a bad one is noticed. */
    void checkMail(Tenant tenant) {
        for (String name : List.of("verificationurl", "loginurl")) {
            String url = query.get(name);
            if (url != null && !(isPage(url) && isAllowed(url, tenant.mailUrls()))) {
                throw malformed(name + " must be an http or https URL that the tenant allows");
            }
        }
        String template = query.get("emailtemplate");
        if (template != null
                && !(TEMPLATE.matcher(template).matches() && isAllowed(template, tenant.mailTemplates()))) {
            throw malformed("emailtemplate must be one that the tenant allows");
        }
    }

    /** Of the body. */
    Login login() {
        JsonObject body = body();
        List<LoginName> names = Stream.of("email", "username", "phone")
                .map(member -> name(body, member))
                .filter(Objects::nonNull)
                .toList();
        String password = text(body, "password", MAX_PASSWORD);
        if (names.isEmpty()) {
            throw Refusal.NAME_MISSING.failure();
        }
        if (names.size() > 1) {
            throw malformed("send one of email, username and phone, not more");
        }
        checkForm(names.get(0));
        if (password == null) {
            throw Refusal.PASSWORD_MISSING.failure();
        }
        return new Login(names.get(0), Secret.of(password));
    }

    private JsonObject body() {
        Buffer body = exchange.body();
        try {
            if (body.length() <= MAX_BODY && JSON.decode(body) instanceof JsonObject object) {
                return object;
            }
        } catch (DecodeException malformed) {
            // as what is too long, or no object
        }
        throw Refusal.BODY_MALFORMED.failure();
    }

    private static @Nullable LoginName name(JsonObject body, String member) {
        String text = text(body, member, MAX_NAME);
        LoginName.Kind kind = Objects.requireNonNull(NAMES.get(member));
        String value = text == null || kind != LoginName.Kind.PHONE ? text : text.strip();
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!isPlain(value)) {
            throw malformed(member + " must have no control characters");
        }
        return new LoginName(kind, value);
    }

    /** Null where it is absent, null or empty. */
    private static @Nullable String text(JsonObject body, String member, int limit) {
        Object value = body.getValue(member);
        if (value == null || value.equals("")) {
            return null;
        }
        if (!(value instanceof String text) || text.length() > limit || !isUnicode(text)) {
            throw malformed(member + " must be a text of at most " + limit + " characters");
        }
        return text;
    }

    /** Whether it is like one at all: what it is exactly is told by the user who has it. */
    private static void checkForm(LoginName name) {
        String value = name.value();
        if (name.kind() == LoginName.Kind.PHONE && !E164.matcher(value).matches()) {
            throw malformed("phone must be a number with its country's code, such as +15550101");
        }
        int at = value.indexOf('@');
        boolean like = at > 0 && at < value.length() - 1 && value.indexOf('@', at + 1) < 0;
        if (name.kind() == LoginName.Kind.EMAIL && !like) {
            throw Refusal.EMAIL_MALFORMED.failure();
        }
    }

    private static boolean isPage(String url) {
        if (url.length() > MAX_URL || !isPlain(url)) {
            return false;
        }
        try {
            URI uri = new URI(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static boolean isAllowed(String value, List<String> allowed) {
        return allowed.isEmpty() || allowed.contains(value);
    }

    private static boolean isPlain(String value) {
        return value.chars().noneMatch(Character::isISOControl);
    }

    /** Half a surrogate pair has no UTF-8: it would be another text to the store than it is here. */
    private static boolean isUnicode(String value) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    private static RuntimeException malformed(String description) {
        return Refusal.PARAMETER_MALFORMED.failure(description);
    }
}
