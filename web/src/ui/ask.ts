/** A question above the page, from where no component stands; true for yes. Fetched only when it is needed. */
import { mount, unmount } from 'svelte';
import Question from './Question.svelte';

export function ask(question: { title: string; text: string; verb: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = mount(Question, {
      target: document.body,
      props: {
        ...question,
        answer: (yes: boolean) => {
          resolve(yes);
          void unmount(asking);
        },
      },
    });
  });
}
