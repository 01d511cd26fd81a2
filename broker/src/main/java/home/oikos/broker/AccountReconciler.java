package home.oikos.broker;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps the broker's accounts as the Secrets of type [Account#SECRET_TYPE] say. One thread.
public final class AccountReconciler implements Reconciler {
    /// What a Secret asks for: an account, or the words of what is wrong with it.
    public record Wanted(Optional<Account> account, String wrong) {
        public static Wanted of(Json secret) {
            try {
                return new Wanted(Optional.of(Account.of(secret)), "");
            } catch (IllegalArgumentException refused) {
                return new Wanted(Optional.empty(), refused.getMessage());
            }
        }
    }

    private final Cache<Wanted> secrets;
    private final AccountCommands commands;
    private final Complaints complaints;
    /// Which user each Secret last stood for, so that its account goes when the Secret goes or names another.
    private final Map<ObjectKey, Account> made = new HashMap<>();

    /// Where it is told that a Secret describes no account.
    @FunctionalInterface
    public interface Complaints {
        void complain(ObjectKey secret, String why);
    }

    public AccountReconciler(Cache<Wanted> secrets, AccountCommands commands, Complaints complaints) {
        this.secrets = secrets;
        this.commands = commands;
        this.complaints = complaints;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var wanted = secrets.get(key);
        var account = wanted.flatMap(Wanted::account);
        wanted.filter(asked -> !asked.wrong().isEmpty()).ifPresent(asked -> complaints.complain(key, asked.wrong()));
        try {
            forget(key, account);
            if (account.isPresent()) make(key, account.get());
            return Outcome.SETTLED;
        } catch (IOException away) {
            return new Outcome.Retry(away.getMessage());
        }
    }

    private void forget(ObjectKey key, Optional<Account> wanted) throws IOException {
        var before = made.get(key);
        if (before == null || wanted.isPresent() && sameUser(before, wanted.get())) return;
        commands.remove(before.credentials().user());
        made.remove(key);
    }

    private void make(ObjectKey key, Account account) throws IOException {
        if (account.equals(made.get(key))) return;
        commands.put(account);
        made.put(key, account);
    }

    private static boolean sameUser(Account before, Account now) {
        return before.credentials().user().equals(now.credentials().user());
    }
}
