/** Settings with changes that the server has not taken yet. Pure. */
import type { Settings, SettingsChanges } from './types.ts';

/** The settings as they will be once the change is taken. */
export function applied(settings: Settings, { rules = [], ...others }: SettingsChanges): Settings {
  return {
    ...settings,
    ...others,
    do_not_disturb: others.do_not_disturb_until === undefined ? settings.do_not_disturb : others.do_not_disturb_until !== null,
    rules: settings.rules.map((rule) => {
      const change = rules.findLast(({ kind, channel }) => kind === rule.kind && channel === rule.channel);
      return change ? { ...rule, ...change } : rule;
    }),
  };
}
