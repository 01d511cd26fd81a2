package home.oikos.store;

import java.time.Clock;

class MemoryStoreTest extends StoreContract {
    @Override
    Store open() {
        return LogStore.inMemory(Clock.systemUTC());
    }

    @Override
    void verify(Store store) { }
}
