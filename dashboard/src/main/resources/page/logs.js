// The log of a pod as it is written.
import { html, nothing } from './lit-html/lit-html.js';
import { request } from './api.js';
import { opener, podSheet } from './podsheet.js';

const LINES_MAX = 2_000;

class Log {
    lines = [];
    failure = '';
    #abort = new AbortController();

    constructor(app, { namespace, name, container }) {
        this.#read(app, `/api/v1/namespaces/${namespace}/pods/${name}/log?follow=true&tailLines=300&container=${container}`)
            .catch(failure => this.#abort.signal.aborted || (this.failure = failure.message)).finally(() => app.render());
    }

    async #read(app, path) {
        const answer = await request(path, { signal: this.#abort.signal });
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = '';
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
            const lines = (rest + part.value).split('\n');
            rest = lines.pop();
            this.lines.push(...lines);
            this.lines.splice(0, this.lines.length - LINES_MAX);
            app.render();
        }
        if (rest) this.lines.push(rest);
    }

    close() {
        this.#abort.abort();
    }
}

const follow = opener('logs', (app, pod) => new Log(app, pod));

export const logsSheet = app => podSheet(app, 'Logs of', pod => {
    const log = follow(app, pod);
    return html`${log.failure ? html`<p class="refusal">${log.failure}</p>` : nothing}
        <pre class="log" tabindex="0" aria-label="Log"><code>${log.lines.length > 0 ? log.lines.join('\n') : 'Nothing was written yet.'}</code></pre>`;
});
