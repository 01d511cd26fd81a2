package home.oikos.http;

import java.net.http.HttpClient;

class Http11Test extends ListenerContract {
    Http11Test() throws Exception {
        super(HttpClient.Version.HTTP_1_1);
    }
}
