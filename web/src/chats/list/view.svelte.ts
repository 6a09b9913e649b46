/** How this person likes their list: which sections are collapsed, and whether what is unread goes first; kept in this browser. */
import { SvelteSet } from 'svelte/reactivity';
import { get, set } from '../../core/drafts.ts';
import type { Id } from '../../core/types.ts';

interface Kept {
  collapsed?: string[];
  unreadFirst?: boolean;
}

export class ListView {
  readonly collapsed = new SvelteSet<string>();
  unreadFirst = $state(false);
  #name: string;

  constructor(person: Id) {
    this.#name = `estafette.chats.${person}`;
    const kept = read(this.#name);
    for (const each of kept.collapsed ?? []) this.collapsed.add(String(each));
    this.unreadFirst = kept.unreadFirst === true;
  }

  toggle(section: string): void {
    if (!this.collapsed.delete(section)) this.collapsed.add(section);
    this.#keep();
  }

  putUnreadFirst(on: boolean): void {
    this.unreadFirst = on;
    this.#keep();
  }

  #keep(): void {
    set(this.#name, JSON.stringify({ collapsed: [...this.collapsed], unreadFirst: this.unreadFirst } satisfies Kept));
  }
}

function read(name: string): Kept {
  try {
    const kept: unknown = JSON.parse(get(name) ?? '{}');
    return kept && typeof kept === 'object' && Array.isArray((kept as Kept).collapsed ?? []) ? kept : {};
  } catch {
    return {};
  }
}
