/** Forms with changes that nobody has saved: a link, the way back, signing out and closing the tab ask first. */
import { session } from '../core/session.svelte.ts';
import { common } from '../i18n/common.ts';
import { router } from '../routing/router.svelte.ts';

const forms = new Set<() => boolean>();

/** Called as a form is made; `changed` tells whether leaving it now would lose something. Returns the end of the guard. */
export function guardUnsaved(changed: () => boolean): () => void {
  forms.add(changed);
  return () => forms.delete(changed);
}

/** True when the changes may go. */
export async function askToDiscard(): Promise<boolean> {
  const { ask } = await import('./ask.ts');
  return ask({ title: common.unsavedTitle, text: common.unsavedText, verb: common.discard });
}

const unsaved = () => [...forms].some((changed) => changed());

async function mayLeave(): Promise<boolean> {
  if (!unsaved()) return true;
  const leave = await askToDiscard();
  if (leave) forms.clear();
  return leave;
}

router.guard = { holds: unsaved, mayLeave };
session.guardSignOut(mayLeave);
addEventListener('beforeunload', (event) => unsaved() && event.preventDefault());
