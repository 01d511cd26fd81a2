package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import home.oikos.http.Handler;

/// A group version that another room serves in the same process (an aggregated API, DESIGN 4.14). The API server authenticates, authorises
/// by ordinary RBAC, lists it in discovery and as APIService, and then hands the request over whole.
public interface LocalApi {
    String group();

    String version();

    /// The APIResourceList of this group version, as `/apis/GROUP/VERSION` answers it.
    JsonObject resources();

    /// What this room adds to `/metrics`, in Prometheus' text format.
    default String metrics() {
        return "";
    }

    /// Answers everything below `/apis/GROUP/VERSION/`. The request carries the [ApiCall] and the [User] as attributes.
    Handler handler();
}
