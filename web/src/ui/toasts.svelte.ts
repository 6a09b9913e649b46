/** Short notices of something done, read aloud politely and gone after a while; errors stay longer. */
export interface Toast {
  id: number;
  text: string;
  tone: 'success' | 'danger' | 'info';
  action?: { label: string; run: () => void };
}

class Toasts {
  shown = $state<Toast[]>([]);
  #next = 1;

  say(text: string, tone: Toast['tone'] = 'success', action?: Toast['action']): void {
    const id = this.#next++;
    this.shown = [...this.shown.slice(-2), { id, text, tone, action }];
    setTimeout(() => this.dismiss(id), tone === 'danger' || action ? 8000 : 4000);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
