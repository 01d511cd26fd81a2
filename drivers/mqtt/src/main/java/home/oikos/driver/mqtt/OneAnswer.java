package home.oikos.driver.mqtt;

import home.oikos.driver.MessageLine.Question;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Listens for the answer to one question. Belongs to the event loop.
final class OneAnswer implements Ear {
    private final Question question;
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    OneAnswer(Question question) {
        this.question = question;
    }

    CompletableFuture<String> answer() {
        return answer;
    }

    @Override
    public Set<String> topics() {
        return Set.of(question.answers());
    }

    @Override
    public void hear(String topic, byte[] payload, boolean retained) {
        // What the broker kept answers an earlier question.
        boolean ours = !retained && (topic.equals(question.answers()) || Topics.source(question.answers(), topic).isPresent());
        if (!ours || payload.length > Wire.STATE_BYTES_MAX) return;
        var text = new String(payload, StandardCharsets.UTF_8);
        if (question.isAnswer().test(text)) answer.complete(text);
    }

    @Override
    public void linked() { }
}
