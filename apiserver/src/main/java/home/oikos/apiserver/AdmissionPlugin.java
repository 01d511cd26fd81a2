package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;

/// One rule that every write passes: first all may change the object, in order, then all may refuse the outcome. The list in
/// [BuiltInAdmission] is the documentation. Called on the threads of requests.
public interface AdmissionPlugin {
    /// @return the object, changed or not; on delete it is the old one and must not be changed
    /// @throws ApiException to refuse
    default JsonObject mutate(Admission admission, JsonObject object) {
        return object;
    }

    /// @throws ApiException to refuse
    default void validate(Admission admission, JsonObject object) { }
}
