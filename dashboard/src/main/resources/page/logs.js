// The log of a pod as it is written.
import { html, nothing } from './lit-html/lit-html.js';
import { request } from './api.js';
import { closeButton, modal } from './sheet.js';

const LINES_MAX = 2_000;
let open = null;

class Log {
    lines = [];
    failure = '';
    #abort = new AbortController();

    constructor(app, namespace, pod, container) {
        this.key = `${namespace}/${pod}/${container}`;
        this.#read(app, `/api/v1/namespaces/${namespace}/pods/${pod}/log?follow=true&tailLines=300&container=${container}`)
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

function follow(app, namespace, pod, container) {
    if (open?.key !== `${namespace}/${pod}/${container}`) {
        open?.close();
        open = new Log(app, namespace, pod, container);
    }
    return open;
}

addEventListener('hashchange', () => {
    if (!location.hash.startsWith('#/logs/')) {
        open?.close();
        open = null;
    }
});

export function logsSheet(app) {
    const [, namespace, name, wanted] = app.route;
    const pod = app.feeds.pods.objects.get(`${namespace}/${name}`);
    if (!pod) return app.isLoading ? nothing : modal('No such pod', '#/workloads', html`<p>${name} is gone.</p>${closeButton('#/workloads')}`);
    const containers = pod.spec.containers.map(each => each.name);
    const container = containers.includes(wanted) ? wanted : containers[0];
    const log = follow(app, namespace, name, container);
    return modal(`Logs of ${name}`, '#/workloads', html`
        <div class="sheet-head"><div class="grow"><h2>${name}</h2><p class="soft">${namespace}</p></div>${closeButton('#/workloads')}</div>
        ${containers.length > 1 ? html`<div class="filters" role="group" aria-label="Container">${containers.map(each => html`
            <a class="pill" aria-current=${each === container ? 'true' : nothing} href="#/logs/${namespace}/${name}/${each}">${each}</a>`)}</div>` : nothing}
        ${log.failure ? html`<p class="refusal">${log.failure}</p>` : nothing}
        <pre class="log" tabindex="0" aria-label="Log"><code>${log.lines.length > 0 ? log.lines.join('\n') : 'Nothing was written yet.'}</code></pre>`);
}
