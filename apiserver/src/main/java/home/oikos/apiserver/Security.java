package home.oikos.apiserver;

import home.oikos.http.Filter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an API server knows of who may do what. [HomeSecurity] is that of a home; a test may bring filters alone.
@FunctionalInterface
public interface Security extends AutoCloseable {
    /// After the call is known, before anything is answered, in order.
    List<Filter> filters();

    /// Before everything else: it sees every answer.
    default Optional<Filter> outermost() {
        return Optional.empty();
    }

    default List<AdmissionPlugin> plugins() {
        return List.of();
    }

    /// Who answers POST to resources of which nothing is stored, by their qualified name.
    default Map<String, SubresourceHandler> reviews(Decoder decoder) {
        return Map.of();
    }

    default Map<String, SubresourceHandler> subresources(Decoder decoder) {
        return Map.of();
    }

    /// The API serves from now on.
    default void started(Registry registry, Resources resources) throws IOException { }

    @Override
    default void close() throws Exception { }
}
