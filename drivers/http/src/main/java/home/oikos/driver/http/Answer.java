package home.oikos.driver.http;

/// What a sensor or a device that fetches hears. Most look at the code alone; the words are for whoever tries it by hand.
record Answer(int code, String words) {
    static final int OK = 200;
    static final int PARTIAL = 206;
    static final int MALFORMED = 400;
    static final int WRONG_TOKEN = 401;
    static final int UNKNOWN = 403;
    static final int NO_SUCH_PATH = 404;
    static final int NO_SUCH_METHOD = 405;
    static final int TOO_SLOW = 408;
    static final int GONE = 410;
    static final int TOO_LARGE = 413;
    static final int NO_SUCH_RANGE = 416;
    static final int TOO_MANY = 429;
    static final int NO_SECRET = 503;
}
