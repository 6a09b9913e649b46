/** A partner's audiences while they are being chosen. Pure. */
import type { Id, MemberRole } from '../core/types.ts';
import { audienceKinds, type Audience, type AudienceKind, type AudienceMode, type PartnerAudience } from './types.ts';

export type Draft = Record<AudienceKind, { mode: AudienceMode; people: Id[] }>;

/** Whoever has left the team meanwhile is not chosen any more. */
export function drafted({ audiences, members }: PartnerAudience): Draft {
  const here = new Set(members.map(({ person }) => person.id));
  const of = (kind: AudienceKind) => {
    const audience = audiences.find((each) => each.kind === kind);
    return { mode: audience?.mode ?? 'everyone', people: (audience?.people ?? []).filter((id) => here.has(id)) };
  };
  return { contact_request: of('contact_request'), message: of('message') };
}

/** What the server is given; people are named only where they are chosen. */
export function given(draft: Draft): Audience[] {
  return audienceKinds.map((kind) => ({ kind, mode: draft[kind].mode, people: draft[kind].mode === 'chosen' ? [...draft[kind].people].sort() : [] }));
}

/** Chosen people, but nobody chosen. */
export function faulty(draft: Draft): boolean {
  return audienceKinds.some((kind) => draft[kind].mode === 'chosen' && !draft[kind].people.length);
}

/** How many are told. */
export function audienceSize(mode: AudienceMode, people: readonly Id[], members: readonly { role: MemberRole }[]): number {
  if (mode === 'everyone') return members.length;
  return mode === 'chosen' ? people.length : members.filter(({ role }) => role === 'owner').length;
}
