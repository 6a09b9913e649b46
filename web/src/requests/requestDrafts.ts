/** What a visitor filled in about an advert before anybody was signed in. It goes out once, after they have signed up or in. */
import { get, names, set } from '../core/drafts.ts';
import { newKey } from '../core/keys.ts';
import type { Id } from '../core/types.ts';
import type { NewRequest } from './types.ts';

/** What the form asks for; `phone` only where no profile has one. */
export interface RequestDraft {
  starts_at: string;
  message: string;
  phone: string;
}

/** What is sent of a filled-in form. */
export const bodyOf = (advert: Id, profile: Id, { message, starts_at }: RequestDraft): NewRequest => ({
  advert_id: advert, profile_id: profile, message: message.trim(), starts_at,
});

/** `wanted`: the visitor pressed send; until then it is a draft. */
export interface StoredDraft extends RequestDraft {
  partner: Id;
  title: string;
  key: string;
  wanted: boolean;
  at: number;
}

const PREFIX = 'estafette.request.';
/** A wanted request older than this is a draft again: whoever signs in next may be somebody else. */
const FRESH = 2 * 60 * 60_000;

export const requestDrafts = {
  read(advert: Id): StoredDraft | null {
    try {
      const kept = JSON.parse(get(PREFIX + advert) ?? 'null') as StoredDraft | null;
      const whole = kept && [kept.starts_at, kept.message, kept.phone, kept.partner, kept.title, kept.key].every((each) => typeof each === 'string');
      return whole ? { ...kept, wanted: kept.wanted && Date.now() - kept.at <= FRESH } : null;
    } catch {
      return null;
    }
  },

  /** Keeps one key from the first letter to the last, so that a repetition does not double it. */
  write(advert: Id, about: Pick<StoredDraft, 'partner' | 'title'>, draft: RequestDraft, wanted = false): void {
    const key = requestDrafts.read(advert)?.key ?? newKey();
    set(PREFIX + advert, JSON.stringify({ ...about, ...draft, key, wanted, at: Date.now() } satisfies StoredDraft));
  },

  /** Makes it a draft again. */
  hold(advert: Id): void {
    const kept = requestDrafts.read(advert);
    if (kept) set(PREFIX + advert, JSON.stringify({ ...kept, wanted: false }));
  },

  drop: (advert: Id): void => set(PREFIX + advert, null),

  /** Those that wait for somebody to be signed in. */
  wanted(): [Id, StoredDraft][] {
    return names(PREFIX).flatMap((name): [Id, StoredDraft][] => {
      const advert = name.slice(PREFIX.length);
      const kept = requestDrafts.read(advert);
      return kept?.wanted ? [[advert, kept]] : [];
    });
  },
};
