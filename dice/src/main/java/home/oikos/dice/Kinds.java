package home.oikos.dice;

import home.oikos.client.Resource;

/// The kinds this room knows beside the built-in ones.
final class Kinds {
    static final Resource ENTROPY_SOURCES = Resource.namespaced("oikos.home/v1alpha1", "entropysources", "EntropySource");

    private Kinds() { }
}
