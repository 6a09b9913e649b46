import { describe, expect, it } from 'vitest';
import { fieldsOf, jsonOf, valuesOf } from './schema.ts';
import type { Schema } from './types.ts';

const smtp: Schema = {
  type: 'object',
  required: ['host'],
  properties: {
    host: { type: 'string' },
    port: { type: 'integer', default: 587, minimum: 1, maximum: 65535 },
    security: { enum: ['none', 'starttls', 'tls'], default: 'starttls' },
    timeout: { type: 'number', default: 30 },
    verify: { type: 'boolean', default: true },
    hello: { anyOf: [{ type: 'string', maxLength: 100 }, { type: 'null' }], default: null },
    dkim_private_key: { anyOf: [{ type: 'string' }, { type: 'null' }], default: null },
    names: { type: 'array', items: { type: 'string' }, default: [] },
    bits: { enum: [8, 16], default: 8 },
    statuses: { type: 'array', items: { type: 'integer' }, default: [] },
  },
};
const fields = fieldsOf(smtp);
const field = (name: string) => fields.find((each) => each.name === name)!;

describe('a form from a schema', () => {
  it('asks for each property as its type wants it', () => {
    expect(fields.map(({ name, kind }) => [name, kind])).toEqual([
      ['host', 'text'],
      ['port', 'integer'],
      ['security', 'choice'],
      ['timeout', 'number'],
      ['verify', 'switch'],
      ['hello', 'text'],
      ['dkim_private_key', 'long'],
      ['names', 'list'],
      ['bits', 'choice'],
      ['statuses', 'list'],
    ]);
    expect(field('host').required).toBe(true);
    expect(field('port')).toMatchObject({ required: false, minimum: 1, maximum: 65535 });
    expect(field('security').options).toEqual(['none', 'starttls', 'tls']);
    expect(field('hello')).toMatchObject({ nullable: true, maxLength: 100 });
  });

  it('begins with what is stored, else with the defaults', () => {
    expect(valuesOf(fields, { host: 'mail.example', verify: false, hello: null })).toMatchObject({
      host: 'mail.example', port: '587', security: 'starttls', verify: false, hello: '',
    });
  });

  it('gives back numbers as numbers, and leaves out what is empty', () => {
    const values = { ...valuesOf(fields), host: ' mail.example ', port: '25', timeout: '2.5', names: 'a, b\nc', bits: '16', statuses: '100, x' };
    expect(jsonOf(fields, values)).toEqual({
      host: 'mail.example', port: 25, security: 'starttls', timeout: 2.5, verify: true, names: ['a', 'b', 'c'], bits: 16, statuses: [100, 'x'],
    });
  });

  it('lets the server say what is wrong with a number that is none', () => {
    expect(jsonOf(fields, { ...valuesOf(fields), port: 'many' }).port).toBe('many');
  });

  it('has no fields for a transport that asks for nothing', () => {
    expect(fieldsOf({ type: 'object', properties: {} })).toEqual([]);
    expect(fieldsOf({})).toEqual([]);
  });
});
