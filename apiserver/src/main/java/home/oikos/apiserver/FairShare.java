package home.oikos.apiserver;

import home.oikos.http.Broadcast;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.OverloadedException;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.http.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Keeps one user from taking every place: of the requests and watches that the listener lets in, three quarters may be one user's.
/// Whoever asks for more gets 429 and comes back in a second. Stands before impersonation: whoever acts as others does so on a share of
/// its own.
final class FairShare implements Filter {
    /// How much one user may have at once.
    /// @param requests being handled
    /// @param watches open
    record Limits(int requests, int watches) {
        /// Three quarters of what home.oikos.http.Limits lets in.
        static final Limits KNOWN = new Limits(192, 1_536);
        /// Anonymous requests ask for health and version.
        static final Limits ANONYMOUS = new Limits(16, 0);
    }

    /// What users have now; a user without anything is not in it.
    private static final class Counts {
        private final Map<String, Integer> counts = new HashMap<>();

        synchronized boolean take(String user, int max) {
            int now = counts.getOrDefault(user, 0);
            if (now >= max) return false;
            counts.put(user, now + 1);
            return true;
        }

        synchronized void giveBack(String user) {
            counts.computeIfPresent(user, (_, now) -> now == 1 ? null : now - 1);
        }
    }

    private final Counts requests = new Counts();
    private final Counts watches = new Counts();
    private final Function<User, Limits> limits;

    FairShare() {
        this(user -> user.name().equals("system:anonymous") ? Limits.ANONYMOUS : Limits.KNOWN);
    }

    FairShare(Function<User, Limits> limits) {
        this.limits = limits;
    }

    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        var user = request.attribute(User.class);
        var most = limits.apply(user);
        if (!requests.take(user.name(), most.requests)) throw new OverloadedException("too many requests, please try again later");
        var counted = new Counted(response, user.name(), most.watches);
        try {
            next.handle(request, counted);
        } finally {
            counted.requestEnds();
        }
    }

    /// Passes everything on, counts a watch from its beginning to its end, and gives the request's place back before the client can have
    /// read an answer that waits for nobody: one that asks again at once is not counted twice.
    private final class Counted implements Response {
        private final Response response;
        private final String user;
        private final int watchesMax;
        private boolean ended;

        Counted(Response response, String user, int watchesMax) {
            this.response = response;
            this.user = user;
            this.watchesMax = watchesMax;
        }

        @Override
        public <E> Watch watch(String contentType, Broadcast<E> broadcast, Supplier<Replay> replay, Function<E, byte[]> frame,
                Runnable onClose) {
            if (!watches.take(user, watchesMax)) throw new OverloadedException("too many watches, please try again later");
            var begun = false;
            try {
                var watch = response.watch(contentType, broadcast, replay, frame, () -> {
                    watches.giveBack(user);
                    onClose.run();
                });
                begun = true;
                return watch;
            } finally {
                if (!begun) watches.giveBack(user);
            }
        }

        void requestEnds() {
            if (!ended) requests.giveBack(user);
            ended = true;
        }

        @Override
        public void header(String name, String value) {
            response.header(name, value);
        }

        @Override
        public void send(int status, String contentType, byte[] body) {
            if (body.length <= ONE_PIECE_BYTES_MAX) requestEnds();
            response.send(status, contentType, body);
        }

        @Override
        public OutputStream stream(int status, String contentType) throws IOException {
            return response.stream(status, contentType);
        }

        @Override
        public void webSocket(List<String> protocols, Consumer<WebSocket> open) {
            response.webSocket(protocols, open);
        }

        @Override
        public boolean isAnswered() {
            return response.isAnswered();
        }
    }
}
