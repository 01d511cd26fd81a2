package home.oikos.apiserver;

/// What a request's credentials turned out to be.
sealed interface Authentication {
    /// They are good.
    record Known(User user) implements Authentication { }

    /// There are some, and they are not good: the request must not pass as somebody else, not even as anonymous.
    record Wrong() implements Authentication { }

    /// There are none of this kind.
    record Absent() implements Authentication { }
}
