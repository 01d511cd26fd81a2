// A live copy of one kind: list, then watch from there. It resumes where it was, lists anew when the server has forgotten that place,
// and comes back by itself when the connection was lost.
import { request } from './api.js';

const BACKOFF_MAX_MILLIS = 10_000;
// The server sends a bookmark about once a minute: silence for longer means a dead connection.
const SILENCE_MAX_MILLIS = 100_000;

export const keyOf = object => `${object.metadata.namespace ?? ''}/${object.metadata.name}`;

export class Feed {
    objects = new Map();
    // Rises with every change of the objects.
    version = 0;
    // loading, live, lost, absent (not served, or not for this user)
    state = 'loading';
    #path;
    #changed;
    #resourceVersion = '';
    #failures = 0;
    #heard = 0;
    #abort = null;
    #stopped = false;

    constructor(path, changed) {
        this.#path = path;
        this.#changed = changed;
    }

    start() {
        this.#run();
        return this;
    }

    stop() {
        this.#stopped = true;
        this.#abort?.abort();
    }

    // After a phone woke up: a connection that was silent for long is not waited for.
    wake() {
        if (this.state === 'lost' || Date.now() - this.#heard > SILENCE_MAX_MILLIS) this.#abort?.abort();
    }

    async #run() {
        while (!this.#stopped) {
            try {
                if (!this.#resourceVersion) await this.#list();
                await this.#watch();
            } catch (failure) {
                if (this.#stopped) return;
                this.#failed(failure);
                await this.#pause();
            }
        }
    }

    #failed(failure) {
        if (failure.code === 410) {
            this.#resourceVersion = '';
            return;
        }
        if (failure.code === 401) this.stop();
        this.#failures++;
        this.#turn(failure.code === 404 || failure.code === 403 ? 'absent' : 'lost');
    }

    #turn(state) {
        if (this.state === state) return;
        this.state = state;
        this.#changed(this);
    }

    #pause() {
        if (this.#failures === 0) return null;
        const longest = Math.min(BACKOFF_MAX_MILLIS, 250 * 2 ** this.#failures);
        this.#abort = new AbortController();
        const { signal } = this.#abort;
        return new Promise(wake => {
            const timer = setTimeout(wake, longest * (0.5 + Math.random() / 2));
            signal.addEventListener('abort', () => { clearTimeout(timer); wake(); });
        });
    }

    async #list() {
        const objects = new Map();
        let more = '', version = '';
        do {
            this.#abort = new AbortController();
            const answer = await request(`${this.#path}?limit=500${more && `&continue=${encodeURIComponent(more)}`}`, { signal: this.#abort.signal, once: true });
            const list = await answer.json();
            for (const item of list.items ?? []) objects.set(keyOf(item), slim(item));
            more = list.metadata.continue ?? '';
            version = list.metadata.resourceVersion;
        } while (more);
        this.objects = objects;
        this.version++;
        this.#resourceVersion = version;
        this.#live();
        this.#changed(this);
    }

    #live() {
        this.#failures = 0;
        this.#heard = Date.now();
        this.#turn('live');
    }

    async #watch() {
        this.#abort = new AbortController();
        const query = `watch=1&allowWatchBookmarks=true&resourceVersion=${this.#resourceVersion}`;
        const answer = await request(`${this.#path}?${query}`, { signal: this.#abort.signal, once: true });
        this.#live();
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = '';
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
            const lines = (rest + part.value).split('\n');
            rest = lines.pop();
            this.#heard = Date.now();
            for (const line of lines) if (line) this.#take(JSON.parse(line));
            this.#changed(this);
        }
    }

    #take({ type, object }) {
        if (type === 'ERROR') throw Object.assign(new Error(object.message), { code: object.code });
        this.#resourceVersion = object.metadata.resourceVersion;
        this.version++;
        if (type === 'DELETED') this.objects.delete(keyOf(object));
        else if (type !== 'BOOKMARK') this.objects.set(keyOf(object), slim(object));
    }
}

// managedFields are half of an object, and of them the page needs only who wrote what people want, and when.
function slim(object) {
    const fields = object.metadata.managedFields;
    if (fields) object.metadata.managedFields = fields.filter(entry => entry.fieldsV1?.['f:spec']?.['f:desired']);
    return object;
}
