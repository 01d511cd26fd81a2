package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Optional;

/// The small computer in a thing: what runs on it, an image that waits in its other half, and the restart between the two. Belongs to its thing.
final class Board {
    /// What is written of an image: the version, and what it makes its thing do.
    /// @param behaviour `floods` makes a dishwasher draw water without a cycle, `bricks` and `reverts` do what the faults of those names do;
    ///        others are good
    record Software(String version, String behaviour) {
        static Software read(Json json) {
            return new Software(json.at("version").text(""), json.at("behaviour").text("good"));
        }

        JsonObject json() {
            return JsonObject.of("version", version, "behaviour", behaviour);
        }
    }

    /// How the last update went, while that is not told yet.
    enum Report { NONE, WELL, FELL_BACK }

    private final String model;
    private final double restartSeconds;
    private Software running;
    private Optional<Software> written = Optional.empty();
    private double secondsLeft;
    private boolean dead;
    private int actionId;
    private Report report = Report.NONE;

    Board(String model, String version, double restartSeconds) {
        this.model = model;
        this.running = new Software(version, "good");
        this.restartSeconds = restartSeconds;
    }

    String model() {
        return model;
    }

    String version() {
        return running.version();
    }

    boolean behaves(String behaviour) {
        return isUp() && running.behaviour().equals(behaviour);
    }

    boolean isUp() {
        return !dead && secondsLeft <= 0;
    }

    /// The update it last began.
    int actionId() {
        return actionId;
    }

    Report report() {
        return report;
    }

    void told() {
        report = Report.NONE;
    }

    /// Takes the image and restarts with it.
    void write(int action, Software image) {
        actionId = action;
        written = Optional.of(image);
        secondsLeft = restartSeconds;
    }

    /// @param bricks whether nothing comes of a restart with a new image
    /// @param reverts whether what ran before comes of it
    void advance(double seconds, boolean bricks, boolean reverts) {
        if (isUp() || dead) return;
        secondsLeft -= seconds;
        if (secondsLeft > 0 || written.isEmpty()) return;
        var image = written.get();
        if (bricks || image.behaviour().equals("bricks")) dead = true;
        else start(image, reverts || image.behaviour().equals("reverts"));
    }

    private void start(Software image, boolean reverts) {
        written = Optional.empty();
        report = reverts ? Report.FELL_BACK : Report.WELL;
        if (!reverts) running = image;
    }

    /// A dead one is brought back by hand, to what ran before.
    void mend() {
        if (!dead) return;
        dead = false;
        written.ifPresent(image -> start(image, true));
    }

    JsonObject memory() {
        return JsonObject.of("running", running.json(), "written", written.map(Software::json).orElse(null), "secondsLeft", secondsLeft, "dead", dead,
                "actionId", actionId, "report", report.name());
    }

    void restore(JsonObject saved) {
        if (saved.isEmpty()) return;
        running = Software.read(saved.at("running"));
        written = Optional.of(saved.at("written")).filter(Json::isPresent).map(Software::read);
        secondsLeft = saved.at("secondsLeft").decimal(0);
        dead = saved.at("dead").bool(false);
        actionId = saved.at("actionId").integer(0);
        report = Report.valueOf(saved.at("report").text(Report.NONE.name()));
    }
}
