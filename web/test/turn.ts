/** Lets everything run that can run now, such as what follows from settled promises, without any time passing. */
export const turn = () => new Promise<void>((done) => setImmediate(done));
