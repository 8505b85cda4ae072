package io.gatehouse.gateway.page;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as the path of an SVG: black on white whatever the colours of the page, since cameras read nothing else well.
 *
 * @param size of its square, with the blank margin that the standard asks for
 * @param path of the lines of black modules, as wide as one, which has size 1
 */
public record QrPicture(int size, String path) {
    private static final int MARGIN = 4;

    static QrPicture of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            line(code, y, path);
        }
        return new QrPicture(code.size + 2 * MARGIN, path.toString());
    }

    /** Steps are from where the one before ended: a page that holds few bytes holds it too. */
    private static void line(QrCode code, int y, StringBuilder path) {
        int at = -1;
        for (int x = 0; x < code.size; x++) {
            int length = run(code, x, y);
            if (length > 0) {
                String start = at < 0 ? "M" + (x + MARGIN) + " " + (y + MARGIN) + ".5" : "m" + (x - at) + " 0";
                path.append(start).append('h').append(length);
                x += length;
                at = x;
            }
        }
    }

    /** How many black modules begin here. */
    private static int run(QrCode code, int x, int y) {
        int end = x;
        while (code.getModule(end, y)) {
            end++;
        }
        return end - x;
    }

    @Override
    public String toString() {
        return "QrPicture[***]";
    }
}
