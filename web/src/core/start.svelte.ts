/** Starts what runs on every page for signed-in people: the live connection and the outbox follow who that is. */
import { awaitingFiles } from './awaitingFiles.ts';
import { bell } from './bell.svelte.ts';
import { counts } from './counts.svelte.ts';
import { followCounts } from './countsFeed.ts';
import { drafts } from './drafts.ts';
import { conversationStore } from './feed/conversationStore.svelte.ts';
import { threadCounts } from './feed/threadCounts.svelte.ts';
import { threadLines } from './feed/threadLines.svelte.ts';
import { threads } from './feed/threads.ts';
import { activity } from './live/activity.ts';
import { live } from './live/live.svelte.ts';
import { outbox } from './outbox/index.ts';
import { savedDrafts } from './savedDrafts.svelte.ts';
import { session } from './session.svelte.ts';
import type { Id } from './types.ts';
import { uploadPlaces } from './uploadPlaces.ts';
import { visitorNotes } from './visitor.ts';

/** Called once. `askToLeave` asks whether the messages that have not gone out, so many, may be thrown away. */
export function startCore(askToLeave: (unsent: number) => Promise<boolean>): void {
  activity.start();
  followCounts();
  session.guardSignOut(async () => {
    const unsent = outbox.entries.length + awaitingFiles.size;
    return unsent === 0 || askToLeave(unsent);
  });
  outbox.onSent((_, { message, conversation }) => {
    if (conversation) conversationStore.put(conversation);
    threads.peek(message.conversation_id)?.merge(message);
  });
  session.onSignedOut((person) => {
    drafts.clear(person);
    uploadPlaces.clear(person);
    void outbox.clear(person);
  });
  session.onPerson(follow);
  $effect.root(() => {
    const membership = $derived(session.parties.join(' '));
    // Joining or leaving a partner changes what the lists may hold.
    let known = '';
    $effect(() => {
      if (known && membership && known !== membership) live.resync();
      known = membership;
    });
  });
}

function follow(person: Id | null): void {
  forget();
  if (person) live.start(person);
  else live.stop();
  void outbox.start(person).then(() => (person ? visitorNotes.deliver(outbox, session.parties) : undefined));
}

function forget(): void {
  conversationStore.clear();
  threads.clear();
  threadLines.clear();
  threadCounts.clear();
  counts.clear();
  savedDrafts.clear();
  bell.clear();
}
