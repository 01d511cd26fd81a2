package home.oikos.driver.ddi;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.driver.FirmwareImage;
import home.oikos.driver.FirmwareOffer;
import java.time.Duration;

/// What devices are told, as hawkBit's device API has it.
final class Documents {
    /// How often a device looks for news while it has work, or is expected to say something.
    static final Duration BUSY_POLL = Duration.ofSeconds(5);
    static final Duration POLL_DEFAULT = Duration.ofSeconds(300);

    private Documents() { }

    /// The first thing a device reads: how often to come, and where there is something for it.
    static JsonObject base(Caller caller) {
        var links = JsonObject.EMPTY;
        if (caller.isAskedWhatItRuns()) links = links.with("configData", link(caller, "/configData"));
        var offer = caller.offer();
        if (offer.isPresent() && offer.get().canceling()) links = links.with("cancelAction", link(caller, "/cancelAction/" + offer.get().actionId()));
        else if (offer.isPresent() && !caller.isDone(offer.get())) links = links.with("deploymentBase", link(caller, deployment(offer.get())));
        var installed = caller.target().installed();
        if (installed.isPresent()) links = links.with("installedBase", link(caller, "/installedBase/" + installed.get().actionId()));
        boolean busy = offer.isPresent() || caller.isAskedWhatItRuns();
        var poll = Duration.ofSeconds(caller.target().model().at("pollSeconds").integer(POLL_DEFAULT.toSeconds()));
        return JsonObject.of("config", JsonObject.of("polling", JsonObject.of("sleep", clock(busy && poll.compareTo(BUSY_POLL) > 0 ? BUSY_POLL : poll))),
                "_links", links);
    }

    /// The query changes with what it leads to, for clients that look at the link alone.
    private static String deployment(FirmwareOffer offer) {
        return "/deploymentBase/%d?c=%s".formatted(offer.actionId(), offer.image().sha256().substring(0, 8));
    }

    private static String clock(Duration time) {
        return "%02d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    private static JsonObject link(Caller caller, String path) {
        return JsonObject.of("href", caller.root() + path);
    }

    /// One chunk with one artifact: what every client can do, and all that a Firmware is.
    static JsonObject deployment(Caller caller, FirmwareOffer offer) {
        var chunk = JsonObject.of("part", "os", "version", offer.version(), "name", offer.firmwareName(),
                "artifacts", JsonArray.of(artifact(caller, offer)));
        return JsonObject.of("id", String.valueOf(offer.actionId()),
                "deployment", JsonObject.of("download", "forced", "update", "forced", "chunks", JsonArray.of(chunk)));
    }

    /// With the digests of old, too: the clients known check `sha1` alone.
    private static JsonObject artifact(Caller caller, FirmwareOffer offer) {
        var image = offer.image();
        var path = "/softwaremodules/%d/artifacts/%s".formatted(offer.actionId(), image.fileName());
        return JsonObject.of("filename", image.fileName(), "size", image.sizeBytes(),
                "hashes", JsonObject.of("sha1", image.sha1(), "md5", image.md5(), "sha256", image.sha256()),
                "_links", JsonObject.of("download", link(caller, path), "md5sum", link(caller, path + ImageAnswer.MD5_SUFFIX)));
    }

    static JsonObject cancel(FirmwareOffer offer) {
        var id = String.valueOf(offer.actionId());
        return JsonObject.of("id", id, "cancelAction", JsonObject.of("stopId", id));
    }

    /// As `md5sum` prints it.
    static String md5Line(FirmwareImage image) {
        return image.md5() + "  " + image.fileName() + "\n";
    }
}
