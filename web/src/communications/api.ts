/** The server's answers about communications, one function per question. */
import { api, query } from '../core/api.ts';
import type { Id, Iso, LanguageCode, Page } from '../core/types.ts';
import type { Channel, ClientList, Communication, Content, Estimate, FailureCount, Outcome, Plan, Preview, Recipient, Settings, State, Status, Summary, Template, UploadedList } from './types.ts';

export interface Asked {
  state?: State | '';
  q?: string;
  /** Those whose time lies between. */
  from?: Iso;
  until?: Iso;
  limit?: number;
}

const at = (id: Id) => `/communications/${id}`;

export const communications = {
  list: (asked: Asked, cursor: string | null) => api.get<Page<Summary>>(query('/communications', { ...asked, cursor })),
  get: (id: Id, unasked = false) => api.get<Communication>(at(id), { unasked }),
  add: (plan: Plan & { draft: boolean }, key: string, unasked = false) => api.post<Communication>('/communications', plan, { key, unasked }),
  change: (id: Id, changes: Partial<Plan> & { revision: number }, unasked = false) => api.patch<Communication>(at(id), changes, { unasked }),
  /** Only a draft: others are cancelled. */
  discard: (id: Id) => api.delete(at(id)),
  schedule: (id: Id, revision: number) => api.post<Communication>(query(`${at(id)}/schedule`, { revision })),
  pause: (id: Id) => api.post<Outcome>(`${at(id)}/pause`),
  resume: (id: Id) => api.post<Outcome>(`${at(id)}/resume`),
  cancel: (id: Id) => api.post<Outcome>(`${at(id)}/cancel`),
  /** `channel` where several have failed together. */
  resend: (id: Id, channel: Channel | null, key: string) => api.post<Communication>(query(`${at(id)}/resend`, { channel }), undefined, { key }),
  copy: (id: Id, key: string) => api.post<Communication>(`${at(id)}/copy`, undefined, { key }),
  recipients: (id: Id, asked: { channel?: Channel | ''; status?: Status | '' }, cursor: string | null) => api.get<Page<Recipient>>(query(`${at(id)}/recipients`, { ...asked, cursor })),
  failures: async (id: Id) => (await api.get<Page<FailureCount>>(`${at(id)}/failures`)).items,
  /** Where all recipients lie as a file for spreadsheets. */
  export: (id: Id, format: 'csv' | 'xlsx') => `/api/v1${query(`${at(id)}/export`, { format })}`,
};

export const previews = {
  show: (body: { content: Content; channel: Channel; language: LanguageCode | null; client_id: Id | null }, signal: AbortSignal) =>
    api.post<Preview>('/communications/preview', body, { signal, unasked: true }),
  test: (body: { content: Content; channel: Channel; language: LanguageCode | null; address: string | null; client_id: Id | null }, key: string) =>
    api.post<{ deliveries: number[]; carried: boolean }>('/communications/test', body, { key }),
  estimate: (plan: Plan, signal: AbortSignal) => api.post<Estimate>('/communications/estimate', plan, { signal }),
};

export const lists = {
  all: async () => (await api.get<Page<ClientList>>('/client-lists')).items,
  upload: (file: File) => api.post<UploadedList>(query('/client-lists', { name: file.name }), file),
};

export const templates = {
  approved: async () => (await api.get<Page<Template>>('/whatsapp-templates')).items.filter(({ state, sendable }) => state === 'APPROVED' && sendable),
};

export const settings = {
  get: (unasked = false) => api.get<Settings>('/communication-settings', { unasked }),
  put: (body: Settings) => api.put<Settings>('/communication-settings', body),
};
