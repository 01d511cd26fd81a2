package home.oikos.driver.http;

import home.oikos.api.Json;
import home.oikos.driver.Refusals;
import java.io.IOException;

/// A Tasmota: commands, one after another.
record Tasmota(Commands commands) implements Appliance {
    /// What OtaUrl keeps.
    static final int URL_CHARACTERS_MAX = 100;

    /// How it is spoken to.
    interface Commands {
        /// @param member what an answer to this command has
        /// @return the answer, which is an object
        /// @throws IOException when there is none, with who it is of in its words
        Json command(String name, String argument, String member) throws IOException, InterruptedException;
    }

    @Override
    public Identity identify() throws IOException, InterruptedException {
        var firmware = commands.command("Status", "2", "StatusFWR").at("StatusFWR");
        var version = version(firmware.at("Version").text(""));
        if (version.isEmpty()) throw new IOException("expected StatusFWR.Version in the answer to Status 2, found none");
        var uptime = commands.command("Status", "11", "StatusSTS").at("StatusSTS", "UptimeSec").integer(Identity.NO_UPTIME);
        return new Identity(version, firmware.at("Hardware").text(""), uptime);
    }

    /// `14.3.0(release-tasmota32)` is version 14.3.0 in the variant named behind it.
    static String version(String said) {
        int variant = said.indexOf('(');
        return (variant < 0 ? said : said.substring(0, variant)).strip();
    }

    @Override
    public void fetch(String url) throws IOException, Declined, InterruptedException {
        if (url.length() > URL_CHARACTERS_MAX) {
            throw new Declined("A Tasmota takes a URL of at most %d characters; this one has %d.".formatted(URL_CHARACTERS_MAX, url.length()));
        }
        expect("OtaUrl", commands.command("OtaUrl", url, "OtaUrl"), url);
        expect("Upgrade", commands.command("Upgrade", "1", "Upgrade"), "");
    }

    private static void expect(String name, Json answer, String words) throws Declined {
        var said = answer.at(name).text("");
        if (said.isEmpty() || !words.isEmpty() && !said.equals(words)) {
            throw new Declined("It does not take the update: asked for %s it says %s.".formatted(name, Refusals.shortened(answer.toString())));
        }
    }
}
