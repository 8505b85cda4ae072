package io.gatehouse.deploy.command;

import java.io.PrintStream;
import java.net.URI;

/** What a newcomer may type next; each line works as it is. */
final class DemoHints {
    private static final String CLIENT = "-u demo:demo-secret-0123456789abcdef0123456789";
    private static final String GRANT = CLIENT + " -d grant_type=client_credentials";
    private static final String LOGIN = "-d username=ada -d password=ada-demo-password";
    private static final String ACCESS_TOKEN = "sed -e 's/.*\"access_token\": *\"//' -e 's/\".*//'";

    private DemoHints() {}

    static void print(URI address, PrintStream out) {
        String token = "curl -s " + GRANT + " " + address + "/oauth2/token";
        out.println("Try:");
        out.println("  " + token);
        out.println("  curl -s " + LOGIN + " " + address + "/auth/login");
        out.println("  curl -s " + CLIENT + " -d token=\"$(" + token + " | " + ACCESS_TOKEN + ")\" " + address
                + "/oauth2/introspect");
    }
}
