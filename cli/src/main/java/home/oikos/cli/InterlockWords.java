package home.oikos.cli;

/// What the API says when an interlock refuses, without the envelope a program needs and a person does not.
final class InterlockWords {
    private InterlockWords() { }

    static String of(String message) {
        int denied = message.indexOf("refused by interlock");
        return denied >= 0 ? message.substring(denied) : message;
    }
}
