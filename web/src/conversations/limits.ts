/** What the server takes of one message. */
export const MAX_TEXT = 10_000;
