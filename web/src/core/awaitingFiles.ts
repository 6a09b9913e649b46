/** Messages that go out once their files are up: signing out loses them like those in the outbox. */
export const awaitingFiles = new Set<object>();
