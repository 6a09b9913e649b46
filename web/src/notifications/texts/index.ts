/** The words of notifications in four languages, by what they are about. */
import { audienceTexts } from './audience.ts';
import { bellTexts } from './bell.ts';
import { settingsTexts } from './settings.ts';
import { topicTexts } from './topic.ts';
import { unsubscribeTexts } from './unsubscribe.ts';

export const texts = { audience: audienceTexts, bell: bellTexts, settings: settingsTexts, topic: topicTexts, unsubscribe: unsubscribeTexts };
