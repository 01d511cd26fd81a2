package home.oikos.http;

import java.net.http.HttpClient;

class Http2Test extends ListenerContract {
    Http2Test() throws Exception {
        super(HttpClient.Version.HTTP_2);
    }
}
