package io.gatehouse.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTableTest {
    private final List<Arguments> seen = new ArrayList<>();
    private final CommandTable table = new CommandTable(List.of(new Recorded(), new VersionCommand()));

    @Test
    void aCommandGetsItsOptions() {
        Typed typed = new Typed(table, "record", "--switch", "--file", "a", "--name=b=c");
        assertThat(typed.code()).isEqualTo(7);
        Arguments arguments = seen.getFirst();
        assertThat(arguments.has("--switch")).isTrue();
        assertThat(arguments.value("--file")).contains("a");
        assertThat(arguments.value("--name")).contains("b=c");
        assertThat(arguments.value("--other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "recrod, unknown command 'recrod'; did you mean 'record'?",
        "xyzzyx, unknown command 'xyzzyx'; 'gatehouse help' lists what there is",
        "record --swich, unknown option '--swich'; did you mean '--switch'?",
        "record --wholly-other, unknown option '--wholly-other'; 'gatehouse help' lists what there is",
        "record word, 'word' is not expected here: options start with --",
        "record --file, option --file needs a value: --file FILE",
        "record --switch=x, option --switch takes no value",
        "record --file a --file b, option --file is given twice",
    })
    void aMistakeIsNamedOnStderrAndExitsWith2(String line, String message) {
        Typed typed = new Typed(table, line.split(" "));
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).isEqualTo("gatehouse: " + message + System.lineSeparator());
        assertThat(typed.out()).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void aNameMayBeANounAndAVerb() {
        CommandTable nouns = new CommandTable(List.of(new StoreMigrateCommand()));

        assertThat(new Typed(nouns, "store", "migrate", "--help").out()).contains("Usage: gatehouse store migrate");
        assertThat(new Typed(nouns, "store", "migrate", "--cnfig").err()).contains("did you mean '--config'?");
        for (String[] line : new String[][] {{"store"}, {"store", "--config", "x"}}) {
            assertThat(new Typed(nouns, line).err()).contains("unknown command 'store': there is 'store migrate'");
        }
        Typed mistyped = new Typed(nouns, "store", "migrat");
        assertThat(mistyped.code()).isEqualTo(2);
        assertThat(mistyped.err()).contains("unknown command 'store migrat': there is 'store migrate'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h", ""})
    void helpListsEveryCommand(String word) {
        Typed typed = word.isEmpty() ? new Typed(table) : new Typed(table, word);
        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("record", "writes down", "version", "help", "lists all commands");
    }

    @ParameterizedTest
    @ValueSource(strings = {"record --help", "record --file a -h"})
    void everyCommandHasHelp(String line) {
        Typed typed = new Typed(table, line.split(" "));
        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("Usage: gatehouse record", "Writes down", "--file FILE", "which file", "--help");
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version"})
    void versionNamesBuildAndJava(String word) {
        assertThat(new Typed(table, word).out()).startsWith("Gatehouse ").contains("Java " + Runtime.version());
    }

    @Test
    void aMistypedOptionOfStartIsSuggested() {
        Typed typed = new Typed(new CommandTable(List.of(new StartCommand())), "start", "--dmeo");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("did you mean '--demo'?");
    }

    @Test
    void theDemoRunsEveryRole() {
        Typed typed = new Typed(new CommandTable(List.of(new StartCommand())), "start", "--demo", "--role", "store");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("leave out --role");
    }

    private final class Recorded implements Command {
        @Override
        public String name() {
            return "record";
        }

        @Override
        public String summary() {
            return "writes down what it was given";
        }

        @Override
        public List<Option> options() {
            return List.of(
                    Option.flag("--switch", "a switch"),
                    new Option("--file", "FILE", "which file"),
                    new Option("--name", "NAME", "which name"));
        }

        @Override
        public int run(Arguments arguments, Console console) {
            seen.add(arguments);
            return 7;
        }
    }
}
