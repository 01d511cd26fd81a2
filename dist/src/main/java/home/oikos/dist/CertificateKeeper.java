package home.oikos.dist;

import home.oikos.http.ServerCertificate;
import home.oikos.pki.KeyedCertificate;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Shows a new certificate when the machine got another address or the old one nears its end, without a restart: a laptop that moved to
/// another network and a home that runs for years stay reachable, for people and for devices.
final class CertificateKeeper implements AutoCloseable {
    /// Someone who plugs in a cable tries again within a minute.
    private static final Duration LOOKS_EVERY = Duration.ofMinutes(1);

    private final Consumer<KeyedCertificate> show;
    private final Callable<KeyedCertificate> fresh;
    private final Journal journal;
    private final Thread thread;
    private KeyedCertificate shown;

    /// @param show shows another one to whoever comes from then on
    /// @param shown what is shown now
    /// @param fresh what should be shown; the same one while nothing has changed
    CertificateKeeper(Consumer<KeyedCertificate> show, KeyedCertificate shown, Callable<KeyedCertificate> fresh, Journal journal) {
        this.show = show;
        this.shown = shown;
        this.fresh = fresh;
        this.journal = journal;
        thread = Thread.ofVirtual().name("certificate").start(this::loop);
    }

    static ServerCertificate served(KeyedCertificate certificate) {
        return new ServerCertificate(certificate.key(), certificate.chain());
    }

    private void loop() {
        try {
            while (true) {
                Thread.sleep(LOOKS_EVERY);
                look();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            var wanted = fresh.call();
            if (wanted.equals(shown)) return;
            show.accept(wanted);
            shown = wanted;
            journal.tell("a new server certificate is shown: the machine's addresses have changed, or the old one was near its end");
        } catch (InterruptedException closed) {
            throw closed;
        } catch (Exception broken) {
            journal.tell("the server certificate could not be renewed; the old one stays", broken);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
