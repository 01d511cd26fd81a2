// What happened while the connection was lost, said when it is back.
import { html, nothing } from './lit-html/lit-html.js';
import { icon } from './icons.js';
import { duration } from './words.js';

// What was missed arrives just after the connection is back.
const SETTLING_MILLIS = 3_000;
const SHOWN_MILLIS = 60_000;
const NOTICEABLE_MILLIS = 10_000;
const NAMED_MAX = 3;

const isDiscrete = property => ['Boolean', 'Enum'].includes(property.type);

// By device: its switches and words; what is measured changes all the time.
const picture = home => new Map(home.things.map(thing => [thing.key, thing.properties.filter(isDiscrete).map(property => thing.words(property.name)).join(', ')]));

export class Missed {
    #before = null;
    #lost = 0;
    #back = 0;
    #changes = [];

    // Called with every frame.
    look(app) {
        if (!app.home || app.isLoading) return;
        const instant = performance.now();
        if (!app.isLive) {
            if (!this.#before || this.#back) [this.#before, this.#lost, this.#back] = [picture(app.home), instant, 0];
            return;
        }
        if (!this.#before) return;
        this.#back ||= instant;
        if (instant - this.#back < SETTLING_MILLIS) this.#changes = this.#compare(app.home);
        if (instant - this.#back > SHOWN_MILLIS) this.dismiss();
    }

    #compare(home) {
        return home.things.flatMap(thing => {
            const before = this.#before.get(thing.key);
            if (before === undefined) return [`${thing.title} is new`];
            const now = picture({ things: [thing] }).get(thing.key);
            return now === before ? [] : [`${thing.title} is ${now}`];
        });
    }

    dismiss() {
        this.#before = null;
        this.#back = 0;
        this.#changes = [];
    }

    show(app) {
        const away = this.#back - this.#lost;
        if (!this.#back || this.#changes.length === 0 && away < NOTICEABLE_MILLIS) return nothing;
        const more = this.#changes.length - NAMED_MAX;
        const told = this.#changes.length === 0 ? 'nothing was switched.' : `${this.#changes.slice(0, NAMED_MAX).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
        const close = () => {
            this.dismiss();
            app.render();
        };
        return html`<p class="missed" role="status">${icon('clock')}<span class="grow">Back after ${duration(away)}. Meanwhile: ${told} <a href="#/story">Story</a></span>
            <button class="plain" aria-label="Dismiss" @click=${close}>${icon('close')}</button></p>`;
    }
}
