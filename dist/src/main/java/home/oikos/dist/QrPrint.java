package home.oikos.dist;

import io.nayuki.qrcodegen.QrCode;
import java.io.PrintStream;

/// A QR code on a terminal: two rows of it in one line, dark on light whatever the terminal's colours are.
final class QrPrint {
    /// The light around a code that readers need.
    private static final int QUIET = 2;

    private QrPrint() { }

    static void print(PrintStream out, String text) {
        var qr = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        for (int y = -QUIET; y < qr.size + QUIET; y += 2) {
            var line = new StringBuilder("\033[30;107m");
            for (int x = -QUIET; x < qr.size + QUIET; x++) line.append(half(qr.getModule(x, y), qr.getModule(x, y + 1)));
            out.println(line.append("\033[0m"));
        }
    }

    private static char half(boolean upper, boolean lower) {
        if (upper) return lower ? '█' : '▀';
        return lower ? '▄' : ' ';
    }
}
