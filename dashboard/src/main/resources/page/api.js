// Requests to the API and to the dashboard. The browser sends the session's cookie by itself.

export class Refused extends Error {
    constructor(code, message) {
        super(message);
        this.code = code;
    }

    // The interlock that refused, if one did.
    get interlock() {
        return /refused by interlock ([^\s:]+)/.exec(this.message)?.[1];
    }

    // The reason alone, without what programs say around it.
    get reason() {
        const words = /refused by interlock [^\s:]+: ([\s\S]*)$/.exec(this.message)?.[1] ?? this.message.replace(/^.*denied the request: /, '');
        return words.trim();
    }
}

let onLoggedOut = () => {};

export function whenLoggedOut(then) {
    onLoggedOut = then;
}

const AGAIN_AFTER_MILLIS = [200, 600, 1_800];

// A phone changes from one network to another in the middle of things: what may be said twice is said again.
async function send(path, options) {
    for (const pause of options.method === 'POST' ? [] : AGAIN_AFTER_MILLIS) {
        try {
            return await fetch(path, options);
        } catch (failure) {
            if (options.signal?.aborted) throw failure;
            await new Promise(wake => setTimeout(wake, pause));
        }
    }
    return fetch(path, options);
}

export async function request(path, options = {}) {
    const answer = await (options.once ? fetch : send)(path, { credentials: 'same-origin', cache: 'no-store', ...options });
    if (answer.ok) return answer;
    const refused = new Refused(answer.status, await words(answer));
    if (answer.status === 401) onLoggedOut();
    throw refused;
}

async function words(answer) {
    const text = await answer.text().catch(() => '');
    try {
        return JSON.parse(text).message || text;
    } catch {
        return text || `the home answered ${answer.status}`;
    }
}

export async function json(path, options) {
    const answer = await request(path, options);
    return answer.status === 204 ? null : answer.json();
}

export function post(path, body) {
    return json(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

export function merge(path, body) {
    return json(`${path}?fieldManager=oikos-page`, {
        method: 'PATCH', headers: { 'Content-Type': 'application/merge-patch+json' }, body: JSON.stringify(body),
    });
}

export const HOME_API = '/apis/oikos.home/v1alpha1';

export function path(root, plural, object) {
    const { namespace, name } = object.metadata;
    return `${root}${namespace ? `/namespaces/${namespace}` : ''}/${plural}/${name}`;
}
