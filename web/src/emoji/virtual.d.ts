/** Made by `emoji-data.ts`: emoji, name, keywords, group, and the same with each of the five skin tones. */
declare module 'virtual:emojis/*' {
  const rows: [emoji: string, name: string, words: string, group: number, tones: string[]][];
  export default rows;
}
