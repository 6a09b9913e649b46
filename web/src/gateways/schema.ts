/** A form from the JSON Schema of a transport: which fields there are, and what was filled in as JSON again. Pure. */
import type { Schema } from './types.ts';

export type FieldKind = 'text' | 'long' | 'integer' | 'number' | 'switch' | 'choice' | 'list';

export interface FormField {
  name: string;
  kind: FieldKind;
  required: boolean;
  nullable: boolean;
  initial: string | boolean;
  options: string[];
  /** Its values, or those in the list, are numbers. */
  numeric: boolean;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  /** What the server says about it, for fields that we have no words for. */
  description: string | null;
}

export type FormValues = Record<string, string | boolean>;

/** Keys and certificates have many lines. */
const long = /(private_key|authority|certificate)$/;

export function fieldsOf(schema: Schema): FormField[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const core = withoutNull(property);
    const field = core.schema;
    const initial = property.default ?? field.default;
    return {
      name,
      kind: kindOf(name, field),
      required: schema.required?.includes(name) ?? false,
      nullable: core.nullable,
      initial: written(initial),
      options: choices(field),
      numeric: (field.enum ?? []).some((value) => typeof value === 'number') || /^(integer|number)$/.test(String(field.items?.type)),
      minimum: field.minimum ?? field.exclusiveMinimum,
      maximum: field.maximum,
      maxLength: field.maxLength,
      description: property.description ?? field.description ?? null,
    };
  });
}

/** What the form shows at first: what is stored, else the default. */
export function valuesOf(fields: FormField[], stored: Record<string, unknown> = {}): FormValues {
  return Object.fromEntries(fields.map(({ name, initial }) => [name, name in stored ? written(stored[name]) : initial]));
}

/** What the form holds as the server wants it; a field left empty falls back to its default. */
export function jsonOf(fields: FormField[], values: FormValues): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { name, kind, nullable, numeric, initial } of fields) {
    const value = values[name] ?? initial;
    if (typeof value === 'boolean') found[name] = value;
    else if (value.trim() === '') {
      if (nullable && initial !== '') found[name] = null;
    } else if (kind === 'list') {
      const entries = value.split(/[\n,]/).map((each) => each.trim()).filter(Boolean);
      found[name] = numeric ? entries.map(numberOf) : entries;
    } else if (kind === 'integer' || kind === 'number' || numeric) found[name] = numberOf(value);
    else found[name] = kind === 'long' ? value : value.trim();
  }
  return found;
}

/** What is no number stays as it is, and the server says so. */
const numberOf = (text: string): number | string => (Number.isNaN(Number(text)) ? text : Number(text));

function kindOf(name: string, { type, enum: values, items }: Schema): FieldKind {
  if (values) return 'choice';
  if (type === 'boolean') return 'switch';
  if (type === 'integer') return 'integer';
  if (type === 'number') return 'number';
  if (type === 'array' && items) return 'list';
  return long.test(name) ? 'long' : 'text';
}

/** `X | null` is X that may be missing; of several types the first that is not null counts. */
function withoutNull(schema: Schema): { schema: Schema; nullable: boolean } {
  if (Array.isArray(schema.type)) {
    return { schema: { ...schema, type: schema.type.find((type) => type !== 'null') }, nullable: schema.type.includes('null') };
  }
  if (!schema.anyOf) return { schema, nullable: false };
  const some = schema.anyOf.find(({ type }) => type !== 'null') ?? {};
  return { schema: some, nullable: schema.anyOf.some(({ type }) => type === 'null') };
}

const choices = (schema: Schema): string[] => (schema.enum ?? []).filter((value) => value !== null).map(String);

function written(value: unknown): string | boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join('\n') : String(value);
}
