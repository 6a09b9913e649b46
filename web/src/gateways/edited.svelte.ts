/** A gateway while it is being written: its own fields, and those of the transport that was chosen. */
import type { Channel } from '../deliveries/types.ts';
import { fieldsOf, jsonOf, valuesOf, type FormField, type FormValues } from './schema.ts';
import type { Gateway, GatewayInput, TransportKind } from './types.ts';

export class EditedGateway {
  kinds = $state.raw<TransportKind[]>([]);
  kind = $state.raw<TransportKind | null>(null);
  name = $state('');
  channels = $state<Channel[]>([]);
  priority = $state('100');
  rate = $state('10');
  links = $state('1');
  receipts = $state('');
  enabled = $state(true);
  settings = $state<FormValues>({});
  credentials = $state<FormValues>({});
  /** Stored credentials that shall be taken away. */
  forgotten = $state<Record<string, boolean>>({});
  settingFields: FormField[] = $derived(this.kind ? fieldsOf(this.kind.settings) : []);
  credentialFields: FormField[] = $derived(this.kind ? fieldsOf(this.kind.credentials) : []);
  #before = $state('');

  constructor(readonly gateway: Gateway | null) {
    if (!gateway) return;
    this.name = gateway.name;
    this.channels = [...gateway.channels];
    this.priority = String(gateway.priority);
    this.rate = String(gateway.segments_per_second);
    this.links = String(gateway.links);
    this.enabled = gateway.enabled;
  }

  /** True when leaving would lose something. */
  get changed(): boolean {
    return this.kind !== null && this.#before !== this.#written();
  }

  /** What the server may call the fields that say themselves what is wrong. */
  get fieldNames(): string[] {
    return [
      'name', 'transport', 'channels', 'priority', 'segments_per_second', 'links', 'receipts_expected',
      ...this.channels.map((_, index) => `channels[${index}]`),
      ...this.settingFields.map(({ name }) => `settings.${name}`),
      ...this.credentialFields.map(({ name }) => `credentials.${name}`),
    ];
  }

  /** The transports that this server knows. */
  offer(kinds: TransportKind[]): void {
    this.kinds = kinds;
    this.choose(this.gateway?.transport ?? kinds[0]?.name ?? '');
    const usual = this.kind?.receipts;
    if (this.gateway) this.receipts = this.gateway.receipts_expected === usual ? '' : String(this.gateway.receipts_expected);
    this.#before = this.#written();
  }

  choose(name: string): void {
    this.kind = this.kinds.find((kind) => kind.name === name) ?? null;
    if (!this.kind) return;
    this.settings = valuesOf(fieldsOf(this.kind.settings), this.gateway?.settings);
    this.credentials = valuesOf(fieldsOf(this.kind.credentials));
    if (!this.gateway) this.channels = [...this.kind.channels];
  }

  carry(channel: Channel, on: boolean): void {
    const order = this.kind?.channels ?? [];
    this.channels = order.filter((each) => (each === channel ? on : this.channels.includes(each)));
  }

  body(): GatewayInput {
    const forgotten = Object.keys(this.forgotten).filter((name) => this.forgotten[name]);
    return {
      name: this.name.trim(),
      transport: this.kind?.name ?? '',
      channels: [...this.channels],
      priority: Number(this.priority),
      enabled: this.enabled,
      settings: jsonOf(this.settingFields, this.settings),
      credentials: { ...jsonOf(this.credentialFields, this.credentials), ...Object.fromEntries(forgotten.map((name) => [name, null])) },
      segments_per_second: Number(this.rate),
      links: Number(this.links),
      receipts_expected: this.receipts ? this.receipts === 'true' : null,
    };
  }

  #written(): string {
    return JSON.stringify(this.body());
  }
}
