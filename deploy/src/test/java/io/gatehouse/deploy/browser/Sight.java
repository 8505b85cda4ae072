package io.gatehouse.deploy.browser;

import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/** What is wrong with the page that the browser shows, as WCAG 2.1 AA counts it; nothing: an empty list. */
final class Sight {
    /** Text on its background at 4.5:1 (1.4.3), whatever its size. */
    private static final String CONTRAST = """
            const luminance = c => c.slice(0, 3).map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const ratio = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05)
                / (Math.min(luminance(a), luminance(b)) + 0.05);
            const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
            const color = text => {
              canvas.clearRect(0, 0, 1, 1);
              canvas.fillStyle = text;
              canvas.fillRect(0, 0, 1, 1);
              const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
              return [r, g, b, a / 255];
            };
            const background = element => {
              for (let e = element; e; e = e.parentElement) {
                const c = color(getComputedStyle(e).backgroundColor);
                if (c[3] === 1) return c;
                if (c[3] > 0) throw new Error('a background that is half transparent');
              }
              throw new Error('no background');
            };
            const visible = e => e.getClientRects().length > 0;
            const name = e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' '
                + (e.innerText || '').slice(0, 40);
            const speaks = e => e.tagName === 'INPUT'
                || [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
            """;

    private static final String PALE = CONTRAST + """
            return [...document.querySelectorAll('body, body *')].filter(e => visible(e) && speaks(e))
                .map(e => [e, ratio(color(getComputedStyle(e).color), background(e))])
                .filter(([e, r]) => r < 4.5).map(([e, r]) => name(e) + ' ' + r.toFixed(2));
            """;

    /** Edges of what can be used at 3:1 (1.4.11): a field's border, a button's border or ground. */
    private static final String FAINT = CONTRAST + """
            return [...document.querySelectorAll('input, button, .button')].filter(visible)
                .map(e => {
                  const around = background(e.parentElement);
                  const style = getComputedStyle(e);
                  const border = color(style.borderTopColor);
                  const edged = border[3] === 1 && parseFloat(style.borderTopWidth) > 0;
                  return [e, Math.max(edged ? ratio(border, around) : 1, ratio(background(e), around))];
                })
                .filter(([e, r]) => r < 3).map(([e, r]) => name(e) + ' ' + r.toFixed(2));
            """;

    /** What fingers have to hit: 44 pixels (2.5.5). */
    private static final String SMALL = """
            return [...document.querySelectorAll('input, button, a')]
                .map(e => [e, e.getBoundingClientRect()])
                .filter(([e, box]) => box.height > 0 && (box.height < 44 || box.width < 44))
                .map(([e, box]) => e.tagName + ' ' + e.innerText + ' ' + box.width + 'x' + box.height);
            """;

    /** A field without a label, a page without a language, title or its one heading; an id that comes twice. */
    private static final String UNNAMED = """
            const fields = [...document.querySelectorAll('input')]
                .filter(e => e.getClientRects().length > 0 && e.labels.length === 0).map(e => 'no label: ' + e.id);
            const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
            const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map(id => 'twice: ' + id);
            const references = [...document.querySelectorAll('[aria-describedby], [aria-labelledby]')]
                .flatMap(e => (e.getAttribute('aria-describedby') || e.getAttribute('aria-labelledby')).split(' '))
                .filter(id => !document.getElementById(id)).map(id => 'leads nowhere: ' + id);
            const page = [document.documentElement.lang ? '' : 'no language', document.title ? '' : 'no title',
                document.querySelectorAll('h1').length === 1 ? '' : 'not one h1',
                document.querySelectorAll('main').length === 1 ? '' : 'not one main'].filter(flaw => flaw);
            return [...fields, ...twice, ...references, ...page];
            """;

    private static final String WIDE = """
            const width = document.documentElement.scrollWidth;
            return width > arguments[0] ? [width + ' on ' + arguments[0]] : [];
            """;

    private final ChromeDriver driver;

    Sight(ChromeDriver driver) {
        this.driver = driver;
    }

    List<?> paleTexts() {
        return ask(PALE);
    }

    List<?> faintEdges() {
        return ask(FAINT);
    }

    List<?> smallTargets() {
        return ask(SMALL);
    }

    List<?> unnamed() {
        return ask(UNNAMED);
    }

    /**
     * Its width, where it would scroll to the side.
     *
     * @param width of the window: a phone tells the page's own instead
     */
    List<?> tooWide(int width) {
        return ask(WIDE, width);
    }

    private List<?> ask(String script, Object... arguments) {
        return (List<?>) driver.executeScript(script, arguments);
    }
}
