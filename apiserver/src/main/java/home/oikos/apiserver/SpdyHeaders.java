package home.oikos.apiserver;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Name/value blocks of SPDY/3.1 (section 2.6.10): one compression state each way for the whole connection. Not for use by several threads.
final class SpdyHeaders implements AutoCloseable {
    /// A block is a few names of a stream; more is no port-forward.
    private static final int BLOCK_BYTES_MAX = 64 << 10;
    private static final String WORDS =
            "options|head|post|put|delete|trace|accept|accept-charset|accept-encoding|accept-language|accept-ranges|age|allow|"
            + "authorization|cache-control|connection|content-base|content-encoding|content-language|content-length|content-location|"
            + "content-md5|"
            + "content-range|content-type|date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range|"
            + "if-unmodified-since|"
            + "last-modified|location|max-forwards|pragma|proxy-authenticate|proxy-authorization|range|referer|retry-after|server|te|"
            + "trailer|"
            + "transfer-encoding|upgrade|user-agent|vary|via|warning|www-authenticate|method|get|status|200 OK|version|HTTP/1.1|url|"
            + "public|set-cookie|"
            + "keep-alive|origin";
    private static final String REST =
            "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 Non-Authoritative"
            + " Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 Not Found500 Internal "
            + "Server Error501 Not"
            + " Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, "
            + "Sat, Sun,"
            + " GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age="
            + "gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";
    static final byte[] DICTIONARY = dictionary();

    private final Inflater inflater = new Inflater();
    private final Deflater deflater = new Deflater();

    SpdyHeaders() {
        deflater.setDictionary(DICTIONARY);
    }

    private static byte[] dictionary() {
        var out = new ByteArrayOutputStream();
        for (var word : WORDS.split("\\|")) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(word.length()).array());
            out.writeBytes(word.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(REST.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /// Names in lower case.
    Map<String, String> read(byte[] compressed) throws IOException {
        inflater.setInput(compressed);
        var in = new DataInputStream(new Inflated());
        int count = in.readInt();
        if (count < 0 || count > 256) throw new IOException("a header block of " + count + " names");
        var headers = new LinkedHashMap<String, String>();
        for (int i = 0; i < count; i++) headers.put(text(in).toLowerCase(Locale.ROOT), text(in));
        return headers;
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > BLOCK_BYTES_MAX) throw new IOException("a header of " + length + " bytes");
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    byte[] write(Map<String, String> headers) throws IOException {
        var plain = new ByteArrayOutputStream();
        var out = new DataOutputStream(plain);
        out.writeInt(headers.size());
        for (var header : headers.entrySet()) {
            write(out, header.getKey());
            write(out, header.getValue());
        }
        return deflated(plain.toByteArray());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private byte[] deflated(byte[] plain) {
        deflater.setInput(plain);
        var out = new ByteArrayOutputStream();
        var buffer = new byte[1024];
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            out.write(buffer, 0, count);
        } while (count == buffer.length);
        return out.toByteArray();
    }

    @Override
    public void close() {
        inflater.end();
        deflater.end();
    }

    /// What the present block inflates to.
    private final class Inflated extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                int count = inflater.inflate(bytes, offset, length);
                if (count == 0 && inflater.needsDictionary()) {
                    inflater.setDictionary(DICTIONARY);
                    count = inflater.inflate(bytes, offset, length);
                }
                return count == 0 ? -1 : count;
            } catch (DataFormatException e) {
                throw new IOException("a header block that does not inflate", e);
            }
        }
    }
}
