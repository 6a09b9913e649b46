/** Runs something as soon as the reader does anything of the kind; returns how to give it up. */
export type Sign = 'pointerdown' | 'pointermove' | 'keydown' | 'scroll';

export function atFirstSign(signs: readonly Sign[], run: () => void): () => void {
  const stop = () => signs.forEach((sign) => removeEventListener(sign, begin));
  const begin = () => {
    stop();
    run();
  };
  signs.forEach((sign) => addEventListener(sign, begin, { passive: true }));
  return stop;
}
