package home.oikos.apiserver;

/// What a write does, in the words of admission.
public enum Operation { CREATE, UPDATE, DELETE, CONNECT }
