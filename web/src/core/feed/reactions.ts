/** Emoji under a message, as changes move them on; pure. The rules are those of docs/live-protocol.md. */
import type { Change, Message, Reaction } from '../conversationTypes.ts';
import type { Id } from '../types.ts';

/** A message after somebody has reacted, or taken it back. */
export function withStep(message: Message, change: Change, me: Id | undefined): Message {
  const { reaction: step, person, number, kind } = change;
  if (!step || !person || step.message_id !== message.id) return message;
  const held = message.reactions?.find(({ emoji }) => emoji === step.emoji);
  const mine = person.id === me ? kind === 'reaction_added' : (held?.mine ?? false);
  // A newer version knows how many there are; whose they are is told by changes alone.
  const newer = number > message.number;
  if (!newer && !held) return message;
  const entry: Reaction = newer ? { emoji: step.emoji, count: step.count, since: step.since, people: step.people, mine } : { ...held!, mine };
  const others = message.reactions?.filter((other) => other !== held) ?? [];
  const reactions = entry.count ? [...others, entry].sort((a, b) => a.since - b.since) : others;
  return { ...message, number: newer ? number : message.number, reactions };
}

/** A version that came for all alike does not say which are one's own: those that are held stay so. */
export function keepMine(fresh: Message, held: Message | undefined): Message {
  if (!fresh.reactions?.some(({ mine }) => mine === undefined)) return fresh;
  const mine = new Set(held?.reactions?.filter((each) => each.mine).map(({ emoji }) => emoji));
  return { ...fresh, reactions: fresh.reactions.map((each) => ({ ...each, mine: each.mine ?? mine.has(each.emoji) })) };
}
