/** Who is in a group or channel: found by name, read page by page, and kept true while the chat tells of comings and goings. */
import { live } from '../../core/live/live.svelte.ts';
import type { Id } from '../../core/types.ts';
import { Listing } from '../../ui/listing.svelte.ts';
import { SearchWords } from '../../ui/search.svelte.ts';
import { chats, type ChatMember, type Role } from '../api.ts';

/** How soon after news a short list is read again; what comes meanwhile is read along. In milliseconds. */
const PACE = 300;
const SHORT = 100;

export class MemberList {
  readonly words = new SearchWords(() => void this.listing.restart());
  readonly listing: Listing<ChatMember>;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly chat: Id) {
    this.listing = new Listing((cursor) => chats.members(chat, this.words.words, cursor));
  }

  /** Reads and follows until the returned function is called. */
  follow(): () => void {
    void this.listing.restart();
    const leave = live.on('changes', ({ conversation, changes }) => {
      if (conversation !== this.chat) return;
      for (const { kind, person } of changes) {
        if (kind === 'member_left') this.listing.items = this.listing.items.filter((member) => member.person.id !== person?.id);
        else if (kind.startsWith('member')) this.#readSoon();
      }
    });
    return () => {
      leave();
      clearTimeout(this.#soon);
    };
  }

  more(): void {
    if (this.listing.next && !this.listing.busy && !this.listing.error) void this.listing.more();
  }

  async setRole(member: ChatMember, role: Role): Promise<void> {
    const changed = await chats.setRole(this.chat, member.person.id, role);
    this.listing.items = this.listing.items.map((held) => (held.person.id === changed.person.id ? changed : held));
  }

  async remove(member: ChatMember): Promise<void> {
    await chats.remove(this.chat, member.person.id);
    this.listing.items = this.listing.items.filter((held) => held.person.id !== member.person.id);
  }

  /** A list that was scrolled far down must not jump back to its start for somebody who came. */
  #readSoon(): void {
    if (this.listing.items.length > SHORT) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.listing.restart();
    }, PACE);
  }
}
