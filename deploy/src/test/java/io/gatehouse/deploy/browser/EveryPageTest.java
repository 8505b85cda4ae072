package io.gatehouse.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page can be read and used: in light and dark, on a desk and on a phone. Pictures of all are kept in
 * {@code target/screenshots}.
 */
class EveryPageTest {
    private static final String WRONG = """
            <!DOCTYPE html><meta name="viewport" content="width=device-width"><title>Wrong</title>
            <style>body{background:white}input,button{width:99px;height:50px;border:1px solid black;background:white}</style>
            <main><h1>Wrong</h1><p style="color:silver">pale</p><a href="/">small</a>
            <input id="field" aria-describedby="nowhere"><button id="faint" style="border:0">faint</button>
            <div style="width:700px">wide</div></main>""";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Sight sight = new Sight(STAGE.browser().driver());

    @ParameterizedTest
    @EnumSource
    void canBeReadAndUsed(Scene scene) throws IOException {
        scene.enter(STAGE, STAGE.visitor());
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(sight.unnamed()).as("unnamed").isEmpty();
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {Chromium.DESKTOP_WIDTH, Chromium.PHONE_WIDTH}) {
                STAGE.browser().show(dark, width);
                String name = scene.title() + (dark ? "-dark" : "-light") + (width < 400 ? "-phone" : "");
                STAGE.browser().photograph(name);
                softly.assertThat(sight.paleTexts()).as("pale in %s", name).isEmpty();
                softly.assertThat(sight.faintEdges()).as("faint in %s", name).isEmpty();
                softly.assertThat(sight.tooWide(width))
                        .as("too wide in %s", name)
                        .isEmpty();
                softly.assertThat(sight.smallTargets()).as("small in %s", name).isEmpty();
            }
        }
        STAGE.browser().show(false, Chromium.NARROWEST);
        softly.assertThat(sight.tooWide(Chromium.NARROWEST))
                .as("too wide where it is narrowest")
                .isEmpty();
        softly.assertAll();
    }

    /** Otherwise the other test would say nothing. */
    @Test
    void whatIsWrongWithAPageIsSeen() {
        STAGE.browser().show(false, Chromium.PHONE_WIDTH);
        STAGE.browser().driver().get("data:text/html;charset=utf-8," + WRONG);
        assertThat(sight.paleTexts()).hasSize(1).first().asString().startsWith("p pale");
        assertThat(sight.faintEdges()).hasSize(1).first().asString().startsWith("button#faint");
        assertThat(sight.smallTargets()).hasSize(1).first().asString().startsWith("A small");
        assertThat(sight.tooWide(Chromium.PHONE_WIDTH)).hasSize(1);
        assertThat(sight.unnamed()).asString().contains("no label: field", "leads nowhere: nowhere", "no language");
    }
}
