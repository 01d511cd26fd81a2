package home.oikos.gateway;

import home.oikos.client.Answer;
import home.oikos.client.Call;
import home.oikos.client.ClientSocket;
import home.oikos.client.StreamedAnswer;
import home.oikos.client.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Carries calls on and remembers them; can be cut.
final class RecordingTransport implements Transport {
    private final Transport next;
    private final List<Call> calls = new ArrayList<>();
    boolean isAway;

    RecordingTransport(Transport next) {
        this.next = next;
    }

    Call last() {
        return calls.getLast();
    }

    void clear() {
        calls.clear();
    }

    @Override
    public Answer exchange(Call call) throws IOException {
        if (isAway) throw new IOException("the API is away");
        calls.add(call);
        return next.exchange(call);
    }

    @Override
    public StreamedAnswer stream(Call call) throws IOException {
        return next.stream(call);
    }

    @Override
    public ClientSocket webSocket(Call call, List<String> protocols) throws IOException {
        return next.webSocket(call, protocols);
    }
}
