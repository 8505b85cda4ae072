package io.gatehouse.deploy.command;

import io.gatehouse.deploy.node.Version;
import java.util.List;

/** {@code gatehouse version}. */
public final class VersionCommand implements Command {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "shows the version of Gatehouse and of the Java it runs on";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        console.out().println("Gatehouse " + Version.ofBuild() + " on Java " + Runtime.version());
        return 0;
    }
}
