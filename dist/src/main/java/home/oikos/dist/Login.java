package home.oikos.dist;

import home.oikos.cli.Home;
import home.oikos.cli.Screen;
import home.oikos.dashboard.SecondFactors;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `login`: a new one-time link to the page, for the owner or, with --view, for somebody who may only look.
@Command(name = "login")
final class Login implements Callable<Integer> {
    @Mixin
    private final Home home;
    private final Screen screen;

    @Option(names = "--view")
    private boolean view;

    Login(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        screen.out().println(LoginLink.create(home, view));
        screen.out().println("It opens once, within " + LoginLink.LIFE.toMinutes() + " minutes"
                + (view ? ", and only to look." : ".") + " The browser warns until it knows this home's certificate:");
        screen.out().println("  " + LoginLink.fingerprint(home));
        var account = view ? "viewer" : "owner";
        if (new SecondFactors(home.client(), home.clock()).asks(account)) {
            screen.out().println("The page then asks for a code of the phone. Without phone and paper: ./oikos otp enrol " + account + " --login --anew");
        }
        return 0;
    }
}
