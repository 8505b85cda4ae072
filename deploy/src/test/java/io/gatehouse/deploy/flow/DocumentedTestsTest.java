package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that say what is tested where speak of tests that are there, and leave none out. */
class DocumentedTestsTest {
    private static final List<String> PAGES = List.of("babelbird-api.md", "login-api.md", "loginradius-api.md");
    private static final String HEADING = "## What is tested where";
    private static final Pattern CLASS = Pattern.compile("\\b([A-Z])\\s+is\\s+`(\\w+)`");
    private static final Pattern CELL = Pattern.compile("\\b([A-Z]) (?=`)|`(\\w+)`");

    @ParameterizedTest
    @ValueSource(strings = {"babelbird-api.md", "login-api.md", "loginradius-api.md"})
    void everyNameIsATest(String page) {
        Map<String, Set<String>> named = named(page);
        assertThat(named).isNotEmpty();
        named.forEach((name, tests) -> assertThat(tests(name)).as(name).containsAll(tests));
    }

    @Test
    void everyTestIsNamed() {
        Map<String, Set<String>> named = new HashMap<>();
        PAGES.forEach(page -> named(page)
                .forEach((name, tests) ->
                        named.computeIfAbsent(name, key -> new TreeSet<>()).addAll(tests)));
        named.forEach((name, documented) -> {
            Set<String> missing = new TreeSet<>(tests(name));
            missing.removeAll(documented);
            assertThat(missing).as(name).isEmpty();
        });
    }

    /** Tests by the name of their class, as a page's table has them behind the letter of the class. */
    private static Map<String, Set<String>> named(String page) {
        String text = section(page);
        Map<String, String> classes = CLASS.matcher(text)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        Map<String, Set<String>> named = new HashMap<>();
        classes.values().forEach(name -> named.put(name, new TreeSet<>()));
        text.lines()
                .filter(line -> line.startsWith("|"))
                .forEach(line -> collect(line.substring(line.indexOf('|', 1)), classes, named));
        return named;
    }

    private static void collect(String cell, Map<String, String> classes, Map<String, Set<String>> named) {
        Set<String> tests = new TreeSet<>();
        Matcher matcher = CELL.matcher(cell);
        while (matcher.find()) {
            if (matcher.group(1) == null) {
                tests.add(matcher.group(2));
            } else {
                assertThat(classes).containsKey(matcher.group(1));
                tests = named.get(classes.get(matcher.group(1)));
            }
        }
    }

    private static Set<String> tests(String name) {
        try {
            Class<?> type = Class.forName(DocumentedTestsTest.class.getPackageName() + "." + name);
            return Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class)
                            || method.isAnnotationPresent(ParameterizedTest.class))
                    .map(Method::getName)
                    .collect(Collectors.toSet());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String section(String page) {
        try {
            String text = Files.readString(Path.of("docs", page));
            return text.substring(text.indexOf(HEADING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
