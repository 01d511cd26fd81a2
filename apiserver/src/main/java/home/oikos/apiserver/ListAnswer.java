package home.oikos.apiserver;

import home.oikos.http.Response;
import home.oikos.store.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Writes a list by copying what is stored: an item of a built-in kind is its object without the first two members.
final class ListAnswer {
    /// Up to here an answer is gathered and sent whole, beyond it is streamed in pieces of this size, so that a list of any length
    /// costs a request a quarter of a MiB.
    private static final int PIECE_BYTES = 256 << 10;

    private ListAnswer() { }

    static void copy(Response response, Resource resource, Page page) throws IOException {
        var kind = resource.kind();
        var head = ObjectBytes.utf8("{\"kind\":\"" + kind.kind() + "List\",\"apiVersion\":\"" + kind.apiVersion() + "\",\"metadata\":"
                + page.metadata(resource.custom())
                + ",\"items\":[");
        int skipped = resource.custom() ? 0 : ObjectBytes.typeMembers(kind).length();
        if (size(page, head.length) <= PIECE_BYTES) {
            var out = new ByteArrayOutputStream(size(page, head.length));
            write(out, head, page, skipped);
            response.send(200, "application/json", out.toByteArray());
        } else {
            try (var out = new java.io.BufferedOutputStream(response.stream(200, "application/json"), PIECE_BYTES)) {
                write(out, head, page, skipped);
            }
        }
    }

    private static int size(Page page, int head) {
        long size = head + 2;
        for (var entry : page.entries()) {
            size += entry.value().length + 1;
            if (size > PIECE_BYTES) return Integer.MAX_VALUE;
        }
        return (int) size;
    }

    private static void write(OutputStream out, byte[] head, Page page, int skipped) throws IOException {
        out.write(head);
        boolean first = true;
        for (var entry : page.entries()) {
            if (!first) out.write(',');
            first = false;
            item(out, entry, skipped);
        }
        out.write(']');
        out.write('}');
    }

    private static void item(OutputStream out, Entry entry, int skipped) throws IOException {
        out.write('{');
        out.write(entry.value(), 1 + skipped, entry.value().length - 1 - skipped);
    }
}
