package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Lets webhooks refuse what is written (ValidatingAdmissionWebhook). All are asked at once; the first refusal in order is told.
final class ValidatingWebhooks implements AdmissionPlugin {
    private final WebhookCaller caller;

    ValidatingWebhooks(WebhookCaller caller) {
        this.caller = caller;
    }

    @Override
    public void validate(Admission admission, JsonObject object) {
        var webhooks = caller.all(admission, "validatingwebhookconfigurations");
        if (webhooks.isEmpty()) return;
        if (webhooks.size() == 1) {
            caller.ask(webhooks.getFirst(), admission, object);
            return;
        }
        // Warnings and notes belong to the thread of the request, so it passes them on when all have answered.
        var told = new ConcurrentLinkedQueue<Runnable>();
        var heard = admission.told(warning -> told.add(() -> admission.warn().accept(warning)),
                (key, note) -> told.add(() -> admission.annotate().accept(key, note)));
        try {
            together(webhooks.stream().<Callable<Void>>map(webhook -> () -> {
                caller.ask(webhook, heard, object);
                return null;
            }).toList());
        } finally {
            told.forEach(Runnable::run);
        }
    }

    private static void together(List<Callable<Void>> questions) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(questions)) answer.get();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof ApiException told) throw told;
            throw new IllegalStateException(refused.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while webhooks were asked", stopped);
        }
    }
}
