/** What a colour says. */
export type Tone = 'accent' | 'neutral' | 'info' | 'success' | 'warning' | 'danger';
