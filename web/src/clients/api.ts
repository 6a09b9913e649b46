/** The server's answers about clients, one function per question. */
import { api, query } from '../core/api.ts';
import type { Id, Page } from '../core/types.ts';
import type { Attribute, Channel, Client, ClientDetails, ClientImport, Group, ImportPlan, ImportPreview, Kind, PastCommunication, Segment, SegmentCount, Value } from './types.ts';

export interface ClientBody {
  name: string;
  external_id: string | null;
  email: string | null;
  phone: string | null;
  whatsapp: string | null;
  language: string | null;
  time_zone: string | null;
  attributes: Record<string, Value | null>;
}

export const clients = {
  list: (filter: { q: string; segment_id: string }, cursor: string | null) => api.get<Page<Client>>(query('/clients', { ...filter, cursor })),
  get: (id: Id) => api.get<ClientDetails>(`/clients/${id}`),
  add: (body: ClientBody, key: string) => api.post<ClientDetails>('/clients', body, { key }),
  change: (id: Id, body: Partial<ClientBody> & { revision: number }) => api.patch<ClientDetails>(`/clients/${id}`, body),
  erase: (id: Id) => api.delete(`/clients/${id}`),
  consent: (id: Id, channel: Channel, given: boolean, source: string) => api.put<ClientDetails>(`/clients/${id}/consents/${channel}`, { given, source }),
  link: (id: Id) => api.put<ClientDetails>(`/clients/${id}/account`),
  unlink: (id: Id) => api.delete<ClientDetails>(`/clients/${id}/account`),
  /** Where the register lies as a file for spreadsheets. */
  export: (form: 'csv' | 'xlsx', segment_id: string) => `/api/v1${query(`/clients.${form}`, { segment_id })}`,
};

export const attributes = {
  list: async () => (await api.get<Page<Attribute>>('/client-attributes')).items,
  add: (body: { label: string; kind: Kind; choices: string[] }, key: string) => api.post<Attribute>('/client-attributes', body, { key }),
  change: (key: string, body: { label?: string; choices?: string[] }) => api.patch<Attribute>(`/client-attributes/${key}`, body),
  remove: (key: string) => api.delete(`/client-attributes/${key}`),
};

export const segments = {
  list: async () => (await api.get<Page<Segment>>('/client-segments')).items,
  get: (id: Id) => api.get<Segment>(`/client-segments/${id}`),
  add: (name: string, filter: Group, key: string) => api.post<Segment>('/client-segments', { name, filter }, { key }),
  change: (id: Id, revision: number, name: string, filter: Group) => api.patch<Segment>(`/client-segments/${id}`, { revision, name, filter }),
  remove: (id: Id) => api.delete(`/client-segments/${id}`),
  /** What rules may ask about: the newest communications that have begun. */
  communications: async () => (await api.get<Page<PastCommunication & { started_at: string | null }>>(query('/communications', { limit: 100 }))).items.filter(({ started_at }) => started_at),
  count: (filter: Group, signal: AbortSignal) => api.post<SegmentCount>('/client-segments/counts', { filter }, { signal }),
};

export const imports = {
  list: () => api.get<Page<ClientImport>>('/client-imports'),
  get: (id: Id, unasked = false) => api.get<ClientImport>(`/client-imports/${id}`, { unasked }),
  upload: (file: File) => api.post<ClientImport>(query('/client-imports', { name: file.name }), file),
  preview: (id: Id, plan: ImportPlan) => api.post<ImportPreview>(`/client-imports/${id}/previews`, plan),
  start: (id: Id, plan: ImportPlan) => api.put<ClientImport>(`/client-imports/${id}/run`, plan),
  cancel: (id: Id) => api.delete<ClientImport>(`/client-imports/${id}/run`),
  /** Where the lines lie that did not come in. */
  rejected: (id: Id) => `/api/v1/client-imports/${id}/rejected-lines.csv`,
};
