package home.oikos.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// A table of words with aligned columns, three blanks apart.
public final class Rows {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    public Rows(String... headings) {
        rows.add(List.of(headings));
    }

    Rows(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    public void add(String... cells) {
        rows.add(List.of(cells));
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    public void print(PrintStream out) {
        var widths = new int[rows.getFirst().size()];
        for (var row : rows) for (int i = 0; i < row.size(); i++) widths[i] = Math.max(widths[i], width(row.get(i)));
        for (var row : rows) out.println(line(row, widths));
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - width(row.get(i)))).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
