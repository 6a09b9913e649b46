/** What can go wrong between the app and its server: a refusal (`ApiProblem`) or no answer at all (`NetworkFailure`). */

/** One wrong field; `values` is what there is to know beside the words. */
export interface WrongField {
  field: string;
  code: string;
  message: string;
  values?: Record<string, unknown>;
}

interface ProblemBody {
  title?: string;
  detail?: string;
  code?: string;
  request_id?: string;
  errors?: WrongField[];
}

/** A refusal by the server (RFC 9457); `title`, `detail` and field messages are in the reader's language. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  /** All that is wrong, also where a field is wrong in several ways. */
  readonly errors: readonly WrongField[];
  /** field name → message to show beside it */
  readonly fields: Map<string, string>;
  /** field name → stable code */
  readonly fieldCodes: Map<string, string>;
  /** From `Retry-After`, in seconds. */
  readonly retryAfter: number | null;

  constructor(status: number, body: ProblemBody, requestId: string, retryAfter: number | null = null) {
    super(`${status} ${body.code ?? ''}`.trim());
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? `http_${status}`;
    this.title = body.title ?? '';
    this.requestId = body.request_id ?? requestId;
    this.errors = body.errors ?? [];
    this.fields = new Map((body.errors ?? []).map((e) => [e.field, e.message]));
    // The server's own names each field as programs know it; people are told what is wrong with what they see.
    this.detail = [...this.fields.values()].join(' ') || (body.detail ?? '');
    this.fieldCodes = new Map((body.errors ?? []).map((e) => [e.field, e.code]));
    this.retryAfter = retryAfter;
  }

  /** True when a proxy in front of the server takes no body as large as this: the server itself would say so in words. */
  get beyondProxy(): boolean {
    return this.status === 413 && this.code === 'http_413';
  }

  /** True when the same request may well succeed later (overload, restart, rate limit). */
  get passing(): boolean {
    return this.status >= 500 || (this.status === 429 && this.code !== 'quota_exceeded') || this.status === 408;
  }
}

/** The request got no answer: no network, server away, or connection cut; whether it arrived is unknown. */
export class NetworkFailure extends Error {
  constructor(cause?: unknown) {
    super('no answer from the server', { cause });
    this.name = 'NetworkFailure';
  }
}

/** What the server says of a failure, in the reader's words; else a sentence of our own. */
export const reasonOf = (error: unknown, otherwise: string): string => (error instanceof ApiProblem && (error.detail || error.title)) || otherwise;

/** Reads a refusal from whatever came back; a proxy's HTML page counts as an empty body. */
export function problemFrom(status: number, text: string, header: (name: string) => string | null): ApiProblem {
  let body: ProblemBody = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed && typeof parsed === 'object') body = parsed as ProblemBody;
  } catch {
    // not JSON: the status alone has to do
  }
  const wait = Number(header('retry-after'));
  return new ApiProblem(status, body, header('x-request-id') ?? '', Number.isFinite(wait) && wait > 0 ? wait : null);
}
