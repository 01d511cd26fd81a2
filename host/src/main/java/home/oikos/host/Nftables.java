package home.oikos.host;

import java.util.ArrayList;
import java.util.List;

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

    /// Chains of others that drop what this machine passes on, Docker's and ufw's for example: pods behind them reach nobody. Each as
    /// `TABLE CHAIN`.
    public List<String> foreignDrops() {
        return foreignDrops(nft("list", "chains").run().lines());
    }

    static List<String> foreignDrops(List<String> lines) {
        var found = new ArrayList<String>();
        var table = "";
        var chain = "";
        for (var line : lines) {
            var words = line.strip().split(" ");
            if (words[0].equals("table")) table = words[1] + " " + words[2];
            else if (words[0].equals("chain")) chain = words[1];
            else if (line.contains("hook forward") && line.contains("policy drop")) found.add(table + " " + chain);
        }
        return found;
    }

    /// Puts a rule that lets something pass in front of a chain of somebody else's.
    /// @param chain as `ip filter FORWARD`
    /// @param mark a comment by which it is found again
    void accept(String chain, String match, String mark) {
        nft("-f", "-").input("insert rule " + chain + " " + match + " accept comment \"" + mark + "\"\n").run();
    }

    /// The handles of the rules in a chain that carry this mark; none when the chain is gone.
    List<String> marked(String chain, String mark) {
        return nft(("-a list chain " + chain).split(" ")).tryRun().lines().stream().filter(line -> line.contains("comment \"" + mark + "\""))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1)).toList();
    }

    void deleteMarked(String chain, String mark) {
        for (var handle : marked(chain, mark)) nft(("delete rule " + chain + " handle " + handle).split(" ")).tryRun();
    }

    private Command nft(String... arguments) {
        return (network.isEmpty() ? Command.of("nft") : Command.of("ip", "netns", "exec", network, "nft")).with(arguments);
    }
}
