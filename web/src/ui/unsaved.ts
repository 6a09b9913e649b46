/** Forms with changes that nobody has saved: a link, the way back, signing out and closing the tab ask first. */
import { session } from '../core/session.svelte.ts';
import { common } from '../i18n/common.ts';
import { router } from '../routing/router.svelte.ts';

interface Form {
  changed: () => boolean;
  /** It stays while only the query of the page's address changes, such as from step to step. */
  acrossSteps?: boolean;
  /** Tries to save what is not saved, before anybody is asked. */
  save?: () => Promise<unknown>;
}

const forms = new Set<Form>();

/** Called as a form is made; `changed` tells whether leaving it now would lose something. Returns the end of the guard. */
export function guardUnsaved(changed: () => boolean, how: Omit<Form, 'changed'> = {}): () => void {
  const form = { ...how, changed };
  forms.add(form);
  return () => forms.delete(form);
}

/** True when the changes may go. */
export async function askToDiscard(): Promise<boolean> {
  const { ask } = await import('./ask.ts');
  return ask({ title: common.unsavedTitle, text: common.unsavedText, verb: common.discard });
}

const unsaved = (to?: string) => [...forms].some(({ changed, acrossSteps }) => changed() && !(acrossSteps && to === router.path));

async function mayLeave(): Promise<boolean> {
  for (const { changed, save } of forms) if (changed()) await save?.();
  if (!unsaved()) return true;
  const leave = await askToDiscard();
  if (leave) forms.clear();
  return leave;
}

router.guard = { holds: unsaved, mayLeave };
session.guardSignOut(mayLeave);
addEventListener('beforeunload', (event) => unsaved() && event.preventDefault());
