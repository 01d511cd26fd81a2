package home.oikos.http;

/// A watch's place in the count, and what ends it when the server closes. A watch may be over before its handler knows it.
final class Ending {
    private final Serving serving;
    private final Connection connection;
    private Runnable end;
    private boolean over;

    Ending(Serving serving, Connection connection) {
        this.serving = serving;
        this.connection = connection;
        connection.loop().execute(connection::requestBegins);
    }

    synchronized void runs(Runnable how) {
        end = how;
        if (!over) serving.lasting(end);
    }

    synchronized void over() {
        if (over) return;
        over = true;
        serving.watchEnded();
        connection.loop().execute(connection::requestEnds);
        if (end != null) serving.over(end);
    }
}
