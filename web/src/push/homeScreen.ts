/**
 * On an iPhone or iPad push exists only for what was added to the home screen, and only since iOS 16.4
 * (webkit.org/blog/13878). What is asked first is what the browser can do; who can do nothing is looked at for why.
 */

/** `update`: its system is too old for push. `add`: it is not opened from the home screen yet. */
export type HomeScreenStep = 'add' | 'update';

export interface Browser {
  userAgent: string;
  maxTouchPoints: number;
  /** WebKit's word for being opened from the home screen; iPhones and iPads only. */
  standalone?: boolean;
}

const OLDEST: [number, number] = [16, 4];

/** What is missing for push, if it is that. Pure. */
export function stepTo(able: boolean, { userAgent, maxTouchPoints, standalone }: Browser): HomeScreenStep | null {
  if (able || !isTouchApple(userAgent, maxTouchPoints)) return null;
  const told = /OS (\d+)_(\d+)/.exec(/iPhone|iPad|iPod/.test(userAgent) ? userAgent : '');
  const [major, minor] = told ? [Number(told[1]), Number(told[2])] : OLDEST;
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) return 'update';
  // Opened from there and still unable: only an older system is.
  return standalone ? 'update' : 'add';
}

/** An iPad says that it is a Mac; no Mac has a touch screen. */
const isTouchApple = (agent: string, touchPoints: number): boolean => /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1);

/** Of this browser. Without https nothing can be done on any device, which is said elsewhere. */
export function missingStep(): HomeScreenStep | null {
  if (!isSecureContext) return null;
  return stepTo('PushManager' in window && 'Notification' in window, navigator as Browser);
}
