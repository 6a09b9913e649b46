/** The size at which a picture is shown: within a box, never enlarged, known before it has loaded so that nothing jumps. */
export function fit(width: number | null, height: number | null, most: { width: number; height: number }): { width: number; height: number } {
  if (!width || !height) return { width: Math.min(240, most.width), height: Math.min(180, most.height) };
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(48, Math.round(height * scale)) };
}

/** Pictures that browsers show by themselves; everything else is a card to download. */
export function isPicture(file: { media_type: string }): boolean {
  return /^image\/(png|jpeg|gif|webp|avif)$/.test(file.media_type);
}

/** Films and sounds that this browser says it can play. */
export function isPlayed(file: { media_type: string }): boolean {
  const kind = /^(audio|video)\//.exec(file.media_type)?.[1];
  return kind !== undefined && (document.createElement(kind) as HTMLMediaElement).canPlayType(file.media_type) !== '';
}

/** Documents whose pages the server draws; larger ones are cards to download. */
export function hasPages(file: { media_type: string; size: number }): boolean {
  return file.media_type === 'application/pdf' && file.size <= 50 * 1024 * 1024;
}
