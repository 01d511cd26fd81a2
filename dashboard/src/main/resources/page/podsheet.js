// What lies over the workloads about one pod: its log, a shell in it.
import { html, nothing } from './lit-html/lit-html.js';
import { closeButton, modal } from './sheet.js';

// @param content what to show of { namespace, name, container }
export function podSheet(app, title, content) {
    const [view, namespace, name, wanted] = app.route;
    const pod = app.feeds.pods.objects.get(`${namespace}/${name}`);
    if (!pod) return app.isLoading ? nothing : modal('No such pod', '#/workloads', html`<p>${name} is gone.</p>${closeButton('#/workloads')}`);
    const containers = pod.spec.containers.map(each => each.name);
    const container = containers.includes(wanted) ? wanted : containers[0];
    return modal(`${title} ${name}`, '#/workloads', html`
        <div class="sheet-head"><div class="grow"><h2>${name}</h2><p class="soft">${namespace}</p></div>${closeButton('#/workloads')}</div>
        ${containers.length > 1 ? html`<div class="filters" role="group" aria-label="Container">${containers.map(each => html`
            <a class="pill" aria-current=${each === container ? 'true' : nothing} href="#/${view}/${namespace}/${name}/${each}">${each}</a>`)}</div>` : nothing}
        ${content({ namespace, name, container })}`);
}

// Keeps the one thing of a view that is open at a time (a log, a shell) and closes it when the view is left.
export function opener(view, open) {
    let current = null;
    const close = () => {
        current?.close();
        current = null;
    };
    addEventListener('hashchange', () => location.hash.startsWith(`#/${view}/`) || close());
    return (app, pod) => {
        const key = `${pod.namespace}/${pod.name}/${pod.container}`;
        if (current?.key !== key) {
            close();
            current = Object.assign(open(app, pod), { key });
        }
        return current;
    };
}
