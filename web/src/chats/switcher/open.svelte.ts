/** Whether the way anywhere is open; it is the same on all pages. */
class Opening {
  open = $state(false);

  show(): void {
    this.open = true;
  }

  hide(): void {
    this.open = false;
  }
}

export const switcher = new Opening();
