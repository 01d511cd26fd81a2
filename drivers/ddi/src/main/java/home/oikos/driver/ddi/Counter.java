package home.oikos.driver.ddi;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.base.Sha256;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.FirmwareOffer;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Answers devices that have named themselves. Safe for any thread.
final class Counter {
    /// A feedback with a page of log lines; those seen have 300 to 3,000 bytes.
    static final int BODY_BYTES_MAX = 64 << 10;
    /// Images that are copied at once. Each holds one of the 256 requests that the listener takes, and up to 160 KiB: 64 are a quarter of them, and
    /// 10 MiB. Who comes beyond is asked to come again.
    static final int DOWNLOADS_MAX = 64;
    private static final String JSON = "application/json";
    private static final String HAL = "application/hal+json;charset=UTF-8";

    private final Telling telling;
    private final Semaphore downloads = new Semaphore(DOWNLOADS_MAX);

    Counter(Telling telling) {
        this.telling = telling;
    }

    void here(Caller caller) {
        telling.here(caller);
    }

    void answer(Caller caller, List<String> rest, Request request, Response response) throws Refusal, IOException, BodyTooLargeException, InterruptedException {
        var what = rest.isEmpty() ? "" : rest.getFirst();
        switch (what) {
            case "" -> {
                expect(request, rest.isEmpty() || rest.equals(List.of("")), "GET");
                sendTagged(request, response, Documents.base(caller));
            }
            case "configData" -> {
                expect(request, rest.size() == 1, "PUT");
                describesItself(caller, body(request));
                nothing(response);
            }
            case "deploymentBase" -> deployment(caller, rest, request, response);
            case "cancelAction" -> cancel(caller, rest, request, response);
            case "installedBase" -> installed(caller, rest, request, response);
            case "softwaremodules" -> artifacts(caller, rest, request, response);
            default -> throw absent();
        }
    }

    private static Refusal absent() {
        return new Refusal(404, "expected configData, deploymentBase, cancelAction, installedBase or softwaremodules of the device");
    }

    private static void expect(Request request, boolean exists, String... methods) throws Refusal {
        if (!exists) throw absent();
        if (List.of(methods).contains(request.method())) return;
        throw new Refusal(405, "expected " + String.join(" or ", methods) + " here, found " + request.method());
    }

    private void describesItself(Caller caller, Json body) throws Refusal, InterruptedException {
        var said = SelfDescription.read(body);
        if (said.isPresent()) telling.tell(caller, said.get());
        else telling.refused("configData of " + caller.device(), "expected data.version with what the device runs, found " + body.at("data"));
        caller.session().saysWhatItRuns();
    }

    private void deployment(Caller caller, List<String> rest, Request request, Response response)
            throws Refusal, IOException, BodyTooLargeException, InterruptedException {
        boolean feedback = isFeedback(request, rest);
        var offer = caller.offer(rest.get(1));
        if (feedback) {
            feedback(caller, offer, Feedback.read(body(request)));
            nothing(response);
        } else if (offer.canceling() || caller.isDone(offer)) {
            throw new Refusal(410, "update %d of %s is not to be begun any more".formatted(offer.actionId(), caller.device()));
        } else {
            telling.takenUp(caller, offer);
            sendTagged(request, response, Documents.deployment(caller, offer));
        }
    }

    private static boolean isFeedback(Request request, List<String> rest) throws Refusal {
        boolean feedback = rest.size() == 3 && rest.get(2).equals("feedback");
        expect(request, feedback || rest.size() == 2, feedback ? "POST" : "GET");
        return feedback;
    }

    private void feedback(Caller caller, FirmwareOffer offer, Feedback said) throws Refusal, InterruptedException {
        limit(caller, offer, said);
        telling.takenUp(caller, offer);
        if (said.execution() == Feedback.Execution.REJECTED) {
            telling.refused(caller.device().toString(), said.because("it rejects update " + offer.actionId() + " for now"));
        }
        boolean hasAll = offer.stage().compareTo(FirmwareOffer.Stage.LOADED) >= 0 || caller.session().hasAll();
        var event = said.ofUpdate(offer.actionId(), hasAll);
        if (event.isPresent()) follow(caller, event.get());
    }

    /// An end is always heard.
    private static void limit(Caller caller, FirmwareOffer offer, Feedback said) throws Refusal {
        boolean end = said.execution() == Feedback.Execution.CLOSED || said.execution() == Feedback.Execution.CANCELED;
        if (!caller.session().maySay(offer.actionId()) && !end) {
            throw new Refusal(429, "expected at most %d statuses of one update".formatted(Session.STATUSES_MAX));
        }
    }

    private void follow(Caller caller, FirmwareEvent event) throws Refusal, InterruptedException {
        telling.tell(caller, event);
        switch (event) {
            case FirmwareEvent.Failed(var action, _) -> caller.session().isOverWith(action);
            case FirmwareEvent.Stopped(var action) -> caller.session().isOverWith(action);
            case FirmwareEvent.Done(var action) -> caller.session().isDoneWith(action);
            case FirmwareEvent.Here _, FirmwareEvent.Running _, FirmwareEvent.TakenUp _, FirmwareEvent.Loaded _, FirmwareEvent.Writing _,
                    FirmwareEvent.Written _, FirmwareEvent.GoesOn _ -> { }
        }
    }

    private void cancel(Caller caller, List<String> rest, Request request, Response response)
            throws Refusal, IOException, BodyTooLargeException, InterruptedException {
        boolean feedback = isFeedback(request, rest);
        var offer = caller.offer(rest.get(1));
        if (!offer.canceling()) throw new Refusal(410, "update %d of %s is not to be stopped".formatted(offer.actionId(), caller.device()));
        if (!feedback) {
            sendTagged(request, response, Documents.cancel(offer));
            return;
        }
        var said = Feedback.read(body(request));
        limit(caller, offer, said);
        var event = said.ofCancel(offer.actionId());
        if (event.isPresent()) follow(caller, event.get());
        nothing(response);
    }

    private void installed(Caller caller, List<String> rest, Request request, Response response)
            throws Refusal, IOException, BodyTooLargeException, InterruptedException {
        expect(request, rest.size() <= 2, rest.size() == 1 ? "PUT" : "GET");
        if (rest.size() == 1) {
            var version = body(request).at("version").text("");
            if (version.isEmpty()) throw new Refusal(400, "expected version, found none");
            describesItself(caller, JsonObject.of("data", JsonObject.of("version", version)));
            nothing(response);
            return;
        }
        var known = caller.target().installed().filter(offer -> String.valueOf(offer.actionId()).equals(rest.get(1)));
        var offer = known.orElseThrow(() -> new Refusal(404, "no update of that number is known to be installed"));
        sendTagged(request, response, Documents.deployment(caller, offer));
    }

    private void artifacts(Caller caller, List<String> rest, Request request, Response response) throws Refusal, IOException, InterruptedException {
        expect(request, rest.size() >= 3 && rest.size() <= 4 && rest.get(2).equals("artifacts"), "GET", "HEAD");
        var offer = caller.offer(rest.get(1));
        var image = offer.image();
        if (rest.size() == 3) {
            var chunk = Documents.deployment(caller, offer).at("deployment", "chunks").at(0);
            sendTagged(request, response, chunk.at("artifacts"));
        } else if (rest.get(3).equals(image.fileName() + ImageAnswer.MD5_SUFFIX)) {
            response.send(200, "text/plain", Documents.md5Line(image).getBytes(StandardCharsets.US_ASCII));
        } else if (rest.get(3).equals(image.fileName())) {
            copy(caller, offer, request, response);
        } else {
            throw new Refusal(404, "expected the artifact " + image.fileName());
        }
    }

    private void copy(Caller caller, FirmwareOffer offer, Request request, Response response) throws Refusal, IOException, InterruptedException {
        if (!downloads.tryAcquire()) throw new Refusal(429, "%d images are being copied already; come again".formatted(DOWNLOADS_MAX));
        try {
            copyInTurn(caller, offer, request, response);
        } finally {
            downloads.release();
        }
    }

    private void copyInTurn(Caller caller, FirmwareOffer offer, Request request, Response response) throws Refusal, IOException, InterruptedException {
        var own = caller.session().downloads();
        if (!own.tryAcquire()) throw new Refusal(429, "expected at most %d downloads of one device at once".formatted(Session.DOWNLOADS_MAX));
        try {
            telling.takenUp(caller, offer);
            ImageAnswer.of(offer.image(), percent -> telling.loaded(caller, offer, percent)).answer(request, response);
        } finally {
            own.release();
        }
    }

    private static Json body(Request request) throws Refusal, IOException, BodyTooLargeException {
        if (request.header("Content-Type").orElse(JSON).contains("cbor")) throw new Refusal(415, "expected " + JSON + ", found CBOR");
        try {
            return Json.parse(request.body(BODY_BYTES_MAX));
        } catch (JsonException broken) {
            throw new Refusal(400, "expected JSON: " + broken.getMessage());
        }
    }

    private static void nothing(Response response) {
        response.send(200, "", new byte[0]);
    }

    private static void sendTagged(Request request, Response response, Json document) {
        var bytes = document.bytes();
        var etag = '"' + HexFormat.of().formatHex(Sha256.of(bytes), 0, 16) + '"';
        response.header("ETag", etag);
        if (request.headers("If-None-Match").contains(etag)) response.send(304, "", new byte[0]);
        else response.send(200, HAL, bytes);
    }
}
