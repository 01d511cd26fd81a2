// A shell in a container, a line at a time: what is written goes to its `sh`, what that says stands above. Programs that fill a screen need kubectl.
import { html, noChange, nothing } from './lit-html/lit-html.js';
import { directive, Directive } from './lit-html/directive.js';
import { opener, podSheet } from './podsheet.js';

const TEXT_MAX = 100_000;
const REMEMBERED_MAX = 100;
// The first byte of a message says which stream it belongs to.
const STDIN = 0, STDERR = 2, ERROR = 3;

class Terminal {
    text = '';
    failure = '';
    isOpen = false;
    #app;
    #address;
    #socket;
    #said = [];
    #back = 0;
    #decoder = new TextDecoder();

    constructor(app, { namespace, name, container }) {
        this.#app = app;
        const query = new URLSearchParams({ container, command: 'sh', stdin: true, stdout: true, stderr: true });
        this.#address = `wss://${location.host}/api/v1/namespaces/${namespace}/pods/${name}/exec?${query}`;
        this.open();
    }

    open() {
        this.failure = '';
        this.#socket = new WebSocket(this.#address, ['v5.channel.k8s.io']);
        this.#socket.binaryType = 'arraybuffer';
        this.#socket.onopen = () => this.#turn(true);
        this.#socket.onmessage = ({ data }) => this.#hear(new Uint8Array(data));
        this.#socket.onclose = () => this.#ended();
    }

    #turn(isOpen) {
        this.isOpen = isOpen;
        this.#app.render();
    }

    #hear(message) {
        const text = this.#decoder.decode(message.subarray(1), { stream: message[0] < ERROR });
        if (message[0] === ERROR) this.failure = told(JSON.parse(text).message ?? '');
        else if (message[0] <= STDERR) this.#add(text);
    }

    #add(text) {
        this.text = (this.text + text).slice(-TEXT_MAX);
        this.#app.render();
    }

    #ended() {
        this.failure ||= 'The shell has ended.';
        this.#turn(false);
    }

    send(line) {
        this.#said = [...this.#said.slice(1 - REMEMBERED_MAX), line];
        this.#back = 0;
        this.#add(`$ ${line}\n`);
        const bytes = new TextEncoder().encode(`${line}\n`);
        const message = new Uint8Array(bytes.length + 1);
        message[0] = STDIN;
        message.set(bytes, 1);
        this.#socket.send(message);
    }

    // What was written before, so many lines back.
    earlier(step) {
        this.#back = Math.min(Math.max(this.#back + step, 0), this.#said.length);
        return this.#said.at(-this.#back) && this.#back > 0 ? this.#said.at(-this.#back) : '';
    }

    close() {
        this.#socket.close();
    }
}

// Images that hold one program and nothing else are common.
const told = message => (message.includes('executable file not found') ? 'There is no shell in this container.' : message);

const enter = opener('terminal', (app, pod) => new Terminal(app, pod));

export const terminalSheet = app => podSheet(app, 'Shell in', pod => {
    if (!app.mayWrite) return html`<p>A shell is for whoever may change things.</p>`;
    const terminal = enter(app, pod);
    return html`<div class="terminal">
        <pre class="log" tabindex="0" aria-label="What the shell said" ${atEnd(terminal.text)}><code>${terminal.text || (terminal.isOpen ? 'A line, then Enter.' : '')}</code></pre>
        ${terminal.failure ? html`<p class="ended"><span class="grow">${terminal.failure}</span><button class="button" @click=${() => terminal.open()}>Open again</button></p>` : nothing}
        <label class="prompt"><span aria-hidden="true">$</span><input autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="send" aria-label="Line for the shell"
            ?disabled=${!terminal.isOpen} @keydown=${event => typed(event, terminal)}></label></div>`;
});

const STEPS = { ArrowUp: 1, ArrowDown: -1 };

function typed(event, terminal) {
    const input = event.target;
    if (event.key === 'Enter') {
        terminal.send(input.value);
        input.value = '';
    } else if (STEPS[event.key]) {
        input.value = terminal.earlier(STEPS[event.key]);
        event.preventDefault();
    }
}

// The newest line stays in sight.
const atEnd = directive(class extends Directive {
    update(part, [text]) {
        if (text !== this.text) requestAnimationFrame(() => { part.element.scrollTop = part.element.scrollHeight; });
        this.text = text;
        return noChange;
    }

    render() {
        return noChange;
    }
});
