/** The choices of how much the reader hears of a conversation, as items of the menu of that conversation. */
import { untrack } from 'svelte';
import type { Id } from '../core/types.ts';
import { clock } from '../i18n/clock.svelte.ts';
import { reader } from '../i18n/index.ts';
import type { MenuItem } from '../ui/MenuPanel.svelte';
import { toasts } from '../ui/toasts.svelte.ts';
import { untilInWords } from './disturb.ts';
import { topicTexts as texts } from './texts/topic.ts';
import { choices, Topic, ruleOf, type Choice, type TopicRule } from './topic.svelte.ts';

export class TopicMenu {
  #topic: Topic;

  constructor(conversation: Id) {
    this.#topic = new Topic(conversation);
    untrack(() => this.#topic.load().catch(() => undefined));
  }

  /** What holds now where it is less than everything, as an icon and in words; null otherwise. */
  get less(): { icon: 'bell' | 'bellOff'; words: string } | null {
    const { rule } = this.#topic;
    return rule && rule.level !== 'all' ? { icon: rule.level === 'nothing' ? 'bellOff' : 'bell', words: inWords(rule) } : null;
  }

  get items(): MenuItem[] {
    return this.#offer(choices);
  }

  /** For a chat, which has lasting choices of its own: what ends by itself, and the way back. */
  get timed(): MenuItem[] {
    return this.#offer(choices.filter((choice) => 'hours' in choice || (choice.level === 'all' && this.less !== null)));
  }

  #offer(offered: readonly Choice[]): MenuItem[] {
    const { rule } = this.#topic;
    return offered.map((choice, index) => ({
      label: texts[choice.name],
      heading: index === 0 ? texts.label : undefined,
      chosen: rule?.level === choice.level && !rule.until && !('hours' in choice),
      run: () => void this.#choose(choice),
    }));
  }

  async #choose(choice: Choice): Promise<void> {
    const before = this.#topic.rule;
    const asked = ruleOf(choice, clock.exact());
    await this.#settle(asked, before && (before.level !== asked.level || before.until !== asked.until) ? before : null);
  }

  async #settle(asked: TopicRule, before: TopicRule | null): Promise<void> {
    try {
      await this.#topic.choose(asked);
      toasts.say(`${inWords(asked)}.`, 'success', before ? { label: texts.undo, run: () => void this.#settle(before, null) } : undefined);
    } catch {
      toasts.say(texts.failed, 'danger');
    }
  }
}

const inWords = ({ level, until }: TopicRule) => (until ? texts.until(texts.state[level], untilInWords(until, reader())) : texts.state[level]);
