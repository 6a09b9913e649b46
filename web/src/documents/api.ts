/** Requests about documents of other systems. */
import { api, query } from '../core/api.ts';
import type { Id, Page } from '../core/types.ts';
import type { Acknowledgement, Acknowledger, DocumentCard, DocumentSystem, TrialResult, Waiting } from './types.ts';

export interface SystemBody {
  name: string;
  patterns: string[];
  connector: string;
  credential?: string;
}

export const documents = {
  origins: () => api.get<{ origins: string[] }>('/documents/origins', { unasked: true }),
  cards: (links: string[]) => api.post<{ items: DocumentCard[] }>('/documents/cards', { links }, { unasked: true }),
  acknowledge: (link: string, version: string) => api.post<Acknowledgement>('/documents/acknowledgements', { link, version }),
  acknowledgers: (conversation: Id, message: Id, link: string) =>
    api.get<{ items: Acknowledger[] }>(query(`/conversations/${conversation}/messages/${message}/acknowledgements`, { link })),
  waiting: (unasked: boolean) => api.get<Waiting>('/documents/waiting', { unasked }),
};

export const systems = {
  list: () => api.get<Page<DocumentSystem>>('/document-systems'),
  add: (body: SystemBody) => api.post<DocumentSystem>('/document-systems', body),
  change: (id: Id, body: Partial<SystemBody>) => api.patch<DocumentSystem>(`/document-systems/${id}`, body),
  remove: (id: Id) => api.delete(`/document-systems/${id}`),
  test: (id: Id) => api.post<TrialResult>(`/document-systems/${id}/test`),
};
