package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.client.Answer;
import java.nio.charset.StandardCharsets;

/// The words of an API's refusal for a person.
final class Refusals {
    private Refusals() { }

    static Refusal of(Answer answer) {
        return new Refusal(message(answer));
    }

    private static String message(Answer answer) {
        try {
            return Json.parse(answer.body()).at("message").text("the API answered " + answer.status());
        } catch (JsonException plain) {
            return new String(answer.body(), StandardCharsets.UTF_8).strip();
        }
    }
}
