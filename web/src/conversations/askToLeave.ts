/** The question before signing out with unsent messages; true to go on. Fetched only when it is needed. */
import { mount, unmount } from 'svelte';
import UnsentWarning from './UnsentWarning.svelte';

export function askToLeave(count: number): Promise<boolean> {
  return new Promise((resolve) => {
    const warning = mount(UnsentWarning, {
      target: document.body,
      props: {
        count,
        answer: (leave: boolean) => {
          resolve(leave);
          void unmount(warning);
        },
      },
    });
  });
}
