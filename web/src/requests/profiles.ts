/** Which of a person's contact profiles a request goes out with, and what is missing in it. Pure. */
import type { ContactProfile } from '../core/types.ts';

type Reach = Pick<ContactProfile, 'email' | 'phone'>;

/** People write numbers with spaces and brackets, and 00 for the plus sign. */
export const plainNumber = (phone: string): string => phone.replace(/[\s().\-\u00a0\u2010-\u2015/]/g, '').replace(/^00/, '+');

export const missingIn = ({ email, phone }: Reach): ('email' | 'phone')[] => [...(email ? [] : (['email'] as const)), ...(phone ? [] : (['phone'] as const))];

/** The default one, else the first. */
export const usual = (profiles: ContactProfile[]): ContactProfile | undefined => profiles.find(({ is_default }) => is_default) ?? profiles[0];

/**
 * The profile that leads to the number that somebody typed before they were known here: one that has it, else the usual
 * one when it has no number yet. Null: none does, and none may be bent to it.
 */
export function profileFor(profiles: ContactProfile[], typed: string): ContactProfile | null {
  const first = usual(profiles);
  const phone = plainNumber(typed);
  if (!phone) return first ?? null;
  const same = (profile: ContactProfile | undefined) => profile?.phone != null && plainNumber(profile.phone) === phone;
  if (first && same(first)) return first;
  return profiles.find(same) ?? (first && !first.phone ? first : null);
}
