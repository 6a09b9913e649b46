/** Sends what visitors filled in, as soon as somebody is signed in, and shows whoever waits what became of it. */
import { SvelteMap } from 'svelte/reactivity';
import { ApiProblem } from '../core/api.ts';
import { live } from '../core/live/live.svelte.ts';
import { session } from '../core/session.svelte.ts';
import type { Id, Me } from '../core/types.ts';
import { paths, router } from '../routing/index.ts';
import { toasts } from '../ui/toasts.svelte.ts';
import { profiles, requests } from './api.ts';
import { plainNumber, profileFor, usual } from './profiles.ts';
import { bodyOf, requestDrafts, type StoredDraft } from './requestDrafts.ts';
import { contact } from './texts/contact.ts';
import type { ContactRequest, NewRequest } from './types.ts';

/** `tried`: what the server may have taken although no answer came. */
export type Outcome = { is: 'sending' } | { is: 'sent'; request: ContactRequest } | { is: 'failed'; error: unknown; tried: Tried | null };
type Tried = { body: NewRequest; key: string };

export class RequestSender {
  #outcomes = new SvelteMap<Id, Outcome>();
  #watched = new Set<Id>();
  #delivering: Promise<void> | null = null;

  /** What became of the request about an advert that was left before signing in. */
  of(advert: Id): Outcome | undefined {
    return this.#outcomes.get(advert);
  }

  /** A form is open about the advert and shows the outcome itself; returns the end of it. */
  watch(advert: Id): () => void {
    this.#watched.add(advert);
    return () => {
      this.#watched.delete(advert);
      this.#outcomes.delete(advert);
    };
  }

  /** Sends all that wait. What got no answer waits for the next time. */
  deliver(me: Me): Promise<void> {
    this.#delivering ??= this.#all(me).finally(() => (this.#delivering = null));
    return this.#delivering;
  }

  async #all(me: Me): Promise<void> {
    for (const [advert, kept] of requestDrafts.wanted()) {
      // A request to the partner that the person belongs to has nobody to go to.
      if (me.partners.some(({ id }) => id === kept.partner)) requestDrafts.drop(advert);
      else await this.#leave(advert, kept, me);
    }
  }

  async #leave(advert: Id, kept: StoredDraft, me: Me): Promise<void> {
    this.#outcomes.set(advert, { is: 'sending' });
    let tried: Tried | null = null;
    try {
      tried = { body: bodyOf(advert, await profileOf(kept, me), kept), key: kept.key };
      const request = await requests.leave(tried.body, tried.key);
      requestDrafts.drop(advert);
      this.#outcomes.set(advert, { is: 'sent', request });
      if (!this.#watched.has(advert)) toasts.say(contact.sentAbout(kept.title), 'success', { label: contact.toOwn, run: () => router.go(paths.requests()) });
    } catch (error) {
      this.#outcomes.set(advert, { is: 'failed', error, tried });
      // Whoever looks decides what becomes of it.
      if (this.#watched.has(advert)) return requestDrafts.hold(advert);
      if (!(error instanceof ApiProblem) || error.passing) return;
      requestDrafts.hold(advert);
      toasts.say(contact.refusedAbout(kept.title), 'danger', { label: contact.look, run: () => router.go(paths.storefrontAdvert(kept.partner, advert)) });
    }
  }
}

/** The profile with the number that was typed, completed where something is missing in it. */
async function profileOf(kept: StoredDraft, me: Me): Promise<Id> {
  const all = await profiles.list();
  const phone = plainNumber(kept.phone);
  const found = profileFor(all, phone);
  if (!found) return (await profiles.add({ label: phone.slice(0, 60), email: usual(all)?.email ?? me.email, phone })).id;
  const fields = { ...(found.email ? {} : { email: me.email }), ...(found.phone || !phone ? {} : { phone }) };
  if (Object.keys(fields).length) await profiles.change(found.id, fields);
  return found.id;
}

export const requestSender = new RequestSender();

/** Called once: whenever somebody is signed in, and after each reconnection. */
export function followRequestDrafts(): void {
  const deliver = () => void (session.me && requestSender.deliver(session.me));
  $effect.root(() => {
    const person = $derived(session.me?.id);
    $effect(() => void (person && queueMicrotask(deliver)));
  });
  live.onWelcome(async () => deliver());
}
