/** Object schemas with the mix of fields that real projects have, made from a seed. */

/** A number from 0 up to, and without, `limit`. */
export type Random = (limit: number) => number;

export interface Field {
  readonly name: string;
  /** Source of its zod schema. */
  readonly schema: string;
  /** Source of a value that the schema accepts. */
  readonly value: string;
}

/** The fields of an object schema, at least one. */
export type Fields = readonly [Field, ...Field[]];

const names = [
  ...['orderId', 'customerEmail', 'totalCents', 'quantity', 'lines', 'shipTo', 'currency', 'status', 'createdAt'],
  ...['carrier', 'trackingNumber', 'weightGrams', 'discountPercent', 'approvedBy', 'notes', 'attempts', 'priority'],
] as const;

const kinds: readonly { readonly schema: string; readonly value: string }[] = [
  { schema: 'z.string()', value: `'text'` },
  { schema: 'z.string().min(1)', value: `'text'` },
  { schema: 'z.number()', value: '1' },
  { schema: 'z.number().int().min(0)', value: '1' },
  { schema: 'z.boolean()', value: 'true' },
  { schema: `z.enum(['low', 'normal', 'high'])`, value: `'low' as const` },
  { schema: 'z.array(z.string())', value: `['text']` },
  {
    schema: 'z.array(z.object({ sku: z.string(), quantity: z.number() }))',
    value: `[{ sku: 'MUG-01', quantity: 1 }]`,
  },
  {
    schema: 'z.object({ name: z.string(), email: z.string().optional() })',
    value: `{ name: 'Ada' }`,
  },
  { schema: 'addressSchema', value: `{ street: 'Keizersgracht 12', postalCode: '1015 CS', country: 'NL' as const }` },
  { schema: 'z.record(z.string(), z.number())', value: '{ a: 1 }' },
  { schema: 'z.string().nullable()', value: 'null' },
];

/** Mulberry32: small, fast, and the same on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % limit;
  };
}

/** Four to seven fields with different names. The first is always a string, as an id would be. */
export function fieldsOf(random: Random): Fields {
  const first: Field = { name: 'id', schema: 'z.string()', value: `'id'` };
  const chosen = new Set<string>();
  const count = 3 + random(4);
  while (chosen.size < count) {
    chosen.add(names[random(names.length)] ?? names[0]);
  }
  const others = [...chosen].map((name) => {
    const kind = kinds[random(kinds.length)] ?? { schema: 'z.string()', value: `'text'` };
    return { name, ...kind };
  });
  return [first, ...others];
}

/** The source of an object schema. */
export function schemaOf(fields: readonly Field[]): string {
  return `z.object({ ${fields.map((field) => `${field.name}: ${field.schema}`).join(', ')} })`;
}

/** The source of an object that the schema accepts. */
export function valueOf(fields: readonly Field[]): string {
  return `{ ${fields.map((field) => `${field.name}: ${field.value}`).join(', ')} }`;
}
