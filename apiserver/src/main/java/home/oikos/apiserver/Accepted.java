package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Reason;
import home.oikos.api.StatusDetails;
import home.oikos.http.Request;
import java.util.List;
import java.util.Set;

/// What a client wants its answer as, chosen from its Accept header.
/// @param shape which of the forms of an object
/// @param version of the form's group meta.k8s.io: v1, or v1beta1 from old clients
record Accepted(MediaType type, Shape shape, String version) {
    private static final Accepted JSON = new Accepted(MediaType.JSON, Shape.OBJECT, "v1");

    /// The object itself, or what meta.k8s.io makes of it.
    enum Shape {
        OBJECT(""), TABLE("Table"), METADATA("PartialObjectMetadata"), METADATA_LIST("PartialObjectMetadataList");

        private final String as;

        Shape(String as) {
            this.as = as;
        }
    }

    static final Set<Shape> OBJECT_ONLY = Set.of(Shape.OBJECT);
    static final Set<Shape> OF_ONE = Set.of(Shape.OBJECT, Shape.TABLE, Shape.METADATA);
    static final Set<Shape> OF_MANY = Set.of(Shape.OBJECT, Shape.TABLE, Shape.METADATA_LIST);

    /// @param custom custom resources have no protobuf form of their own
    /// @throws ApiException 406 when nothing fits
    static Accepted choose(Request request, Set<Shape> shapes, boolean custom) {
        var headers = request.headers("Accept");
        if (headers.isEmpty()) return JSON;
        var ranges = MediaRange.parse(headers);
        boolean typeFits = false;
        for (var range : ranges) {
            var type = range.type().equals("*/*") ? MediaType.JSON : MediaType.of(range.type()).orElse(null);
            if (type == null) continue;
            typeFits = true;
            var chosen = shaped(range, type, shapes);
            if (chosen != null && !(custom && type == MediaType.PROTOBUF && chosen.shape == Shape.OBJECT)) return chosen;
        }
        throw typeFits || ranges.isEmpty() ? wrongShape() : wrongType();
    }

    private static Accepted shaped(MediaRange range, MediaType type, Set<Shape> shapes) {
        var as = range.parameter("as");
        if (as.isEmpty()) return new Accepted(type, Shape.OBJECT, "v1");
        var version = range.parameter("v");
        if (!range.parameter("g").equals("meta.k8s.io") || !List.of("v1", "v1beta1").contains(version)) return null;
        return shapes.stream().filter(s -> s.as.equals(as)).findFirst().map(s -> new Accepted(type, s, version)).orElse(null);
    }

    /// How to answer when the wish itself is the problem, or when it does not matter: errors.
    static Accepted forStatus(Request request) {
        try {
            return new Accepted(choose(request, OF_ONE, false).type, Shape.OBJECT, "v1");
        } catch (ApiException _) {
            return JSON;
        }
    }

    private static ApiException wrongType() {
        return new ApiException(ApiStatus.failure(Reason.NOT_ACCEPTABLE, "406: Not Acceptable\n\nAvailable representations: " + all(),
                StatusDetails.EMPTY));
    }

    private static ApiException wrongShape() {
        return new ApiException(Reason.NOT_ACCEPTABLE, "only the following media types are accepted: " + all());
    }

    static String all() {
        return "application/json, application/yaml, application/vnd.kubernetes.protobuf";
    }

    boolean isPlainJson() {
        return type == MediaType.JSON && shape == Shape.OBJECT;
    }
}
