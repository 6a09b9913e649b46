/** What somebody may do in a group or channel by their role; the server decides, the app only shows what fits. Pure. */
import type { GroupConversation } from '../../core/conversationTypes.ts';
import type { Role } from '../api.ts';

export const moderates = (role: Role | null): boolean => role === 'owner' || role === 'moderator';

export const mayInvite = (chat: GroupConversation): boolean => chat.archived_at === null && chat.my_role !== null && chat.my_role !== 'reader';

/** Owners change everybody, moderators members and readers. */
export const mayChange = (mine: Role | null, role: Role): boolean => mine === 'owner' || (mine === 'moderator' && !moderates(role));

/** The roles somebody may give, but for the present one: nobody gives more than they have. */
export function rolesToGive(mine: Role | null, present: Role): Role[] {
  const all: Role[] = mine === 'owner' ? ['owner', 'moderator', 'member', 'reader'] : mine === 'moderator' ? ['moderator', 'member', 'reader'] : [];
  return mayChange(mine, present) ? all.filter((role) => role !== present) : [];
}
