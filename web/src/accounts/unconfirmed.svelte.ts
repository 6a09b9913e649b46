/** Who does not wish to be asked for now to confirm an address; another address is asked for again. */
const KEY = 'estafette.unconfirmed-aside';

class Dismissal {
  /** The address that was put aside in this tab. */
  email = $state(read());

  dismiss(email: string): void {
    this.email = email;
    try {
      sessionStorage.setItem(KEY, email);
    } catch {
      // Storage is forbidden: it is remembered until the page is loaded again.
    }
  }
}

function read(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export const dismissal = new Dismissal();
