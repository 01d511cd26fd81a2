package home.oikos.host;

/// The nftables of this machine. One instance owns one table, which is replaced whole in one transaction; nothing of the user's is touched.
public record Nftables(String network) {
    public static final Nftables OF_THE_MACHINE = new Nftables("");

    /// Puts this content into the table, whatever was in it before. No packet ever meets half of it.
    /// @throws CommandException when the kernel refuses it; the table is then as it was
    public void replace(String table, String content) {
        var declare = "table ip " + table;
        nft("-f", "-").input(declare + " {}\ndelete " + declare + "\n" + declare + " {\n" + content + "\n}\n").run();
    }

    /// Removes the table; no error when there is none.
    public void delete(String table) {
        var declare = "table ip " + table;
        nft("-f", "-").input(declare + " {}\ndelete " + declare + "\n").run();
    }

    public boolean exists(String table) {
        return nft("list", "table", "ip", table).tryRun().status() == 0;
    }

    /// The table as the kernel has it, in nft's own words.
    public String show(String table) {
        return nft("list", "table", "ip", table).run().text();
    }

    private Command nft(String... arguments) {
        return (network.isEmpty() ? Command.of("nft") : Command.of("ip", "netns", "exec", network, "nft")).with(arguments);
    }
}
