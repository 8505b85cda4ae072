package io.gatehouse.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The login page comes at once: it is small, and waits for nothing but one style sheet, which browsers keep. */
class PageWeightTest {
    private static final long MOST_BYTES = 12_000;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Visitor visitor = STAGE.visitor();

    @Test
    void pageAndStyleSheetTogetherAreSmall() {
        visitor.comeFromApp();
        assertThat(number("performance.getEntriesByType('navigation')[0].encodedBodySize"))
                .isBetween(500L, MOST_BYTES);
        assertThat(number("performance.getEntriesByType('navigation')[0].encodedBodySize"
                        + " + performance.getEntriesByType('resource').reduce((sum, r) => sum + r.encodedBodySize, 0)"))
                .isLessThan(MOST_BYTES);
    }

    @Test
    void oneStyleSheetIsAllThatItLoads() {
        visitor.comeFromApp();
        assertThat(loaded()).singleElement().asString().startsWith(STAGE.provider() + "/assets/style.css?v=");
        assertThat(STAGE.browser()
                        .driver()
                        .executeScript("return performance.getEntriesByType('resource')[0].initiatorType"))
                .isEqualTo("link");
    }

    @Test
    void theSecondPageFindsItInTheCache() {
        visitor.comeFromApp();
        visitor.comeFromApp();
        assertThat(number("performance.getEntriesByType('resource')[0].transferSize"))
                .isZero();
    }

    private static List<?> loaded() {
        return (List<?>) STAGE.browser()
                .driver()
                .executeScript("return performance.getEntriesByType('resource').map(r => r.name)"
                        + ".filter(name => !name.endsWith('/favicon.ico'))");
    }

    private static Long number(String expression) {
        return (Long) STAGE.browser().driver().executeScript("return " + expression);
    }
}
