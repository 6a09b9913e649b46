import { afterEach, expect, it, vi } from 'vitest';
import { imports } from '../api.ts';
import type { ImportPlan, ImportPreview } from '../types.ts';
import { Running } from './running.svelte.ts';

const plan = { columns: ['email'], match_by: 'email', when_known: 'skip' } as ImportPlan;
const outcome = (created: number) => ({ created }) as ImportPreview;
afterEach(() => vi.restoreAllMocks());

it('a look at a plan that was changed meanwhile is not shown', async () => {
  const answers: ((preview: ImportPreview) => void)[] = [];
  vi.spyOn(imports, 'preview').mockImplementation(() => new Promise((answer) => answers.push(answer)));
  const running = new Running('guests');
  const old = running.look(plan);
  running.replan();
  const fresh = running.look({ ...plan, when_known: 'update' });
  answers[0]!(outcome(1));
  await old;
  expect(running.preview).toBeNull();
  answers[1]!(outcome(2));
  await fresh;
  expect(running.preview?.created).toBe(2);
  running.replan();
  expect(running.preview).toBeNull();
});
