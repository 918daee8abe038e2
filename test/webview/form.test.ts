/** The input form used with the keyboard, in every theme; what it sends, what it says about wrong values, what it keeps. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import * as z from 'zod';
import type { FormSection } from '../../common/protocol/form.ts';
import { toJson } from '../../common/runlog/json.ts';
import type { Json } from '../../common/runlog/events.ts';
import { violations } from './axe.ts';
import { openForm, section, submitted } from './form-page.ts';
import type { FormPage, FormPageOptions } from './form-page.ts';
import { launch } from './page.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

function schemaOf(schema: z.ZodType): Json {
  return toJson(z.toJSONSchema(schema, { target: 'draft-07', io: 'input' }));
}

const everything = schemaOf(
  z.object({
    orderId: z.string().min(3).describe('Order number, as printed on the receipt'),
    customerEmail: z.email(),
    country: z.enum(['AT', 'DE', 'NL']),
    currency: z.enum(['EUR', 'CHF', 'DKK', 'GBP', 'HUF', 'NOK', 'PLN', 'SEK', 'CZK']).default('EUR'),
    gift: z.boolean(),
    copies: z.int().min(1).max(9).default(2),
    due: z.iso.datetime().optional(),
    note: z.string().nullable(),
    lines: z
      .array(z.object({ sku: z.string().describe('Article number, e.g. MUG-01'), quantity: z.int().min(1) }))
      .min(1),
    payment: z.discriminatedUnion('by', [
      z.object({ by: z.literal('card'), number: z.string() }),
      z.object({ by: z.literal('bank'), iban: z.string() }),
    ]),
    shipTo: z.object({ street: z.string(), city: z.string() }).optional(),
    labels: z.record(z.string(), z.string()),
    extra: z.any().optional(),
  }),
);

const sections: readonly FormSection[] = [
  section(everything),
  section(schemaOf(z.object({ total: z.number().default(0) })), {
    id: 'state',
    title: 'Initial state',
    required: false,
  }),
  section(
    { type: 'object' },
    {
      id: 'requestContext',
      title: 'Request context',
      description: 'What steps read with requestContext.get(name).',
      required: false,
    },
  ),
];

const complete: Json = {
  orderId: '1001',
  customerEmail: 'name@example.com',
  country: 'AT',
  gift: true,
  note: null,
  lines: [
    { sku: 'MUG-01', quantity: 2 },
    { sku: 'CUP-02', quantity: 1 },
  ],
  payment: { by: 'bank', iban: 'AT61' },
  shipTo: { street: 'Ring 1', city: 'Wien' },
  labels: { colour: 'red' },
};

describe('input form', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  async function withForm(options: FormPageOptions, use: (form: FormPage) => Promise<void>): Promise<void> {
    const form = await openForm(browser, options);
    try {
      await use(form);
      assert.deepEqual(form.complaints, []);
    } finally {
      await form.page.close();
    }
  }

  const ask = (schema: z.ZodType | Json, use: (form: FormPage) => Promise<void>): Promise<void> =>
    withForm({}, async (form) => {
      await form.show({ sections: [section(schema instanceof z.ZodType ? schemaOf(schema) : schema)] });
      await use(form);
    });

  const focused = (form: FormPage): Promise<string> =>
    form.page.evaluate(() => {
      const active = document.activeElement;
      const label = active instanceof HTMLElement ? document.querySelector(`label[for="${active.id}"]`) : null;
      return label?.textContent ?? active?.getAttribute('aria-label') ?? active?.textContent ?? '';
    });

  describe('filling in', () => {
    it('with the keyboard alone: typing, choosing, adding, and Ctrl+Enter to run', () =>
      ask(
        z.object({
          orderId: z.string(),
          country: z.enum(['AT', 'DE', 'NL']),
          quantity: z.int(),
          lines: z.array(z.object({ sku: z.string() })),
        }),
        async (form) => {
          const { keyboard } = form.page;
          assert.equal(await focused(form), 'orderId', 'the first field has the keyboard');
          await keyboard.type('1001');
          await keyboard.press('Tab');
          await keyboard.press('Space');
          await keyboard.press('ArrowRight');
          await keyboard.press('Tab');
          await keyboard.type('3');
          await keyboard.press('Tab');
          assert.equal(await focused(form), 'Add item');
          await keyboard.press('Enter');
          assert.equal(await focused(form), 'sku', 'what was added has the keyboard');
          await keyboard.type('MUG-01');
          await keyboard.press('Control+Enter');
          assert.deepEqual(await submitted(form), {
            input: { orderId: '1001', country: 'DE', quantity: 3, lines: [{ sku: 'MUG-01' }] },
          });
        },
      ));

    it('Escape cancels, Enter in a line of text does nothing, Shift+Enter begins another line', () =>
      ask(z.object({ text: z.string() }), async (form) => {
        const { keyboard } = form.page;
        await keyboard.type('one');
        await keyboard.press('Enter');
        await keyboard.press('Shift+Enter');
        await keyboard.type('two');
        await keyboard.press('Enter');
        await keyboard.type('three');
        await keyboard.press('Control+Enter');
        assert.deepEqual(await submitted(form), { input: { text: 'one\ntwo\nthree' } });
        await keyboard.press('Escape');
        assert.ok(await form.last('cancel'));
      }));

    it('leaves out what is optional or has a default, and shows the default', () =>
      ask(
        z.object({
          copies: z.int().default(2),
          colour: z.enum(['red', 'blue']).default('blue'),
          gift: z.boolean().optional(),
          shipTo: z.object({ city: z.string() }).optional(),
          tags: z.array(z.string()).default(['a']),
          maybe: z.string().nullish(),
        }),
        async (form) => {
          const { page } = form;
          assert.equal(await page.getByLabel('copies').getAttribute('placeholder'), 'Default: 2');
          assert.ok(await page.getByRole('radio', { name: 'Default (blue)' }).isChecked());
          assert.ok(await page.getByText('["a"]').isVisible());
          await page.keyboard.press('Control+Enter');
          assert.deepEqual(await submitted(form), { input: {} });
          await page.getByRole('button', { name: 'Add shipTo' }).click();
          await page.keyboard.type('Wien');
          await page.getByRole('button', { name: 'Change tags' }).click();
          await page.getByRole('radio', { name: 'null' }).check();
          await page.getByRole('radio', { name: 'false' }).check();
          await page.keyboard.press('Control+Enter');
          assert.deepEqual(await submitted(form), {
            input: { shipTo: { city: 'Wien' }, tags: ['a'], maybe: null, gift: false },
          });
          await page.getByRole('button', { name: 'Remove shipTo' }).click();
          await page.keyboard.press('Control+Enter');
          assert.deepEqual(await submitted(form), { input: { tags: ['a'], maybe: null, gift: false } });
        },
      ));

    it('moves and removes items of a list', () =>
      ask(z.object({ tags: z.array(z.string()) }), async (form) => {
        const { page } = form;
        for (const tag of ['a', 'b', 'c']) {
          await page.getByRole('button', { name: 'Add item' }).click();
          await page.keyboard.type(tag);
        }
        await page.getByRole('button', { name: 'Move up' }).nth(2).click();
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Remove this item' }).nth(1).click();
        await page.keyboard.press('Control+Enter');
        assert.deepEqual(await submitted(form), { input: { tags: ['c', 'b'] } });
      }));

    it('a union: each kind keeps what was filled in for it', () =>
      ask(everything, async (form) => {
        const { page } = form;
        await page.getByRole('radio', { name: 'card' }).check();
        await page.getByLabel('number').fill('4000');
        await page.getByRole('radio', { name: 'bank' }).check();
        await page.getByLabel('iban').fill('AT61');
        await page.getByRole('radio', { name: 'card' }).check();
        assert.equal(await page.getByLabel('number').inputValue(), '4000');
      }));

    it('entries of a record, with names that must differ', () =>
      ask(z.object({ labels: z.record(z.string(), z.number()) }), async (form) => {
        const { page } = form;
        const entry = async (name: string, value: string): Promise<void> => {
          await page.getByRole('button', { name: 'Add entry' }).click();
          await page.keyboard.type(name);
          await page.keyboard.press('Tab');
          await page.keyboard.press('Tab');
          await page.keyboard.type(value);
        };
        await entry('a', '1');
        await entry('a', '2');
        await page.getByText('There is an entry a already.').waitFor();
        await page.keyboard.press('Control+Enter');
        assert.equal(await submitted(form), undefined);
        await page.keyboard.type('b');
        await page.keyboard.press('Control+Enter');
        assert.deepEqual(await submitted(form), { input: { labels: { a: 1, ab: 2 } } });
      }));

    it('dates from a calendar, as text', () =>
      ask(z.object({ day: z.iso.date(), at: z.iso.datetime() }), async (form) => {
        const { page } = form;
        await page.getByLabel('day').fill('2026-03-31');
        await page
          .locator('.picker')
          .nth(1)
          .evaluate((picker: HTMLInputElement) => {
            picker.value = '2026-03-31T10:30';
            picker.dispatchEvent(new Event('change'));
          });
        await page.keyboard.press('Control+Enter');
        const values = await submitted(form);
        const expected = new Date(2026, 2, 31, 10, 30).toISOString();
        assert.deepEqual(values, { input: { day: '2026-03-31', at: expected } });
      }));

    it('two thousand choices are searched by typing', () =>
      ask(
        {
          type: 'object',
          properties: { city: { enum: Array.from({ length: 2000 }, (_, n) => `city-${n}`) } },
          required: ['city'],
        },
        async (form) => {
          await form.page.keyboard.type('city-1999');
          await form.page.keyboard.press('Control+Enter');
          assert.deepEqual(await submitted(form), { input: { city: 'city-1999' } });
        },
      ));

    it('a schema that contains itself opens one level at a time', () => {
      const node = z.object({
        name: z.string(),
        get next() {
          return node.optional();
        },
      });
      return ask(node, async (form) => {
        await form.page.keyboard.type('a');
        for (const name of ['b', 'c']) {
          await form.page.getByRole('button', { name: 'Add next' }).click();
          await form.page.keyboard.type(name);
        }
        await form.page.keyboard.press('Control+Enter');
        assert.deepEqual(await submitted(form), { input: { name: 'a', next: { name: 'b', next: { name: 'c' } } } });
      });
    });

    it('schemas that would make a million fields end in JSON', async () => {
      const names = ['a', 'b', 'c', 'd', 'e', 'f'];
      const properties = Object.fromEntries(names.map((name) => [name, { $ref: '#' }]));
      await ask({ type: 'object', properties, required: names }, async (form) => {
        const count = await form.page.locator('.field').count();
        assert.ok(count > 100 && count < 20_000, String(count));
      });
    });
  });

  describe('wrong values', () => {
    it('are said at the field while it is typed, and before it runs the first gets the keyboard', () =>
      ask(everything, async (form) => {
        const { page } = form;
        await page.keyboard.type('10');
        await page.getByText('At least 3 characters.').waitFor();
        assert.equal(await page.getByLabel('orderId').getAttribute('aria-invalid'), 'true');
        await page.keyboard.type('01');
        await page.getByText('At least 3 characters.').waitFor({ state: 'hidden' });
        await page.getByLabel('copies').fill('x');
        await page.getByText('Give a whole number.').waitFor();
        await page.getByLabel('copies').fill('12');
        await page.getByText('Must be 9 or less.').waitFor();
        await page.keyboard.press('Control+Enter');
        assert.equal(await form.last('submit'), undefined);
        assert.equal(await focused(form), 'customerEmail');
        const described = await page.evaluate(() =>
          (document.activeElement?.getAttribute('aria-describedby') ?? '')
            .split(' ')
            .map((id) => document.getElementById(id)?.textContent ?? '')
            .join(''),
        );
        assert.equal(described, 'Required.');
        assert.match(await page.locator('.visually-hidden[aria-live]').innerText(), /^\d fields do not fit yet\.$/);
      }));

    it('an empty text can be meant', () =>
      ask(z.object({ text: z.string() }), async (form) => {
        await form.page.keyboard.press('Control+Enter');
        assert.equal(await submitted(form), undefined);
        await form.page.getByRole('button', { name: 'Use an empty text' }).click();
        await form.page.keyboard.press('Control+Enter');
        assert.deepEqual(await submitted(form), { input: { text: '' } });
      }));

    it('what the workflow says stands at the field until the field changes', () =>
      ask(z.object({ items: z.array(z.object({ sku: z.string() })), day: z.string() }), async (form) => {
        const { page } = form;
        await page.getByRole('button', { name: 'Add item' }).click();
        await page.keyboard.type('X');
        await page.getByLabel('day').fill('never');
        await page.keyboard.press('Control+Enter');
        const number = (await form.last('submit'))?.number ?? -1;
        await form.post({
          type: 'issues',
          number,
          submitted: true,
          issues: [
            { section: 'input', path: ['items', '0', 'sku'], message: 'There is no article X' },
            { section: 'input', path: ['day'], message: 'A day of the past' },
            { section: 'input', path: ['gone', 'deep'], message: 'Unknown' },
          ],
        });
        assert.equal(await focused(form), 'sku');
        await page.getByText('gone.deep: Unknown').waitFor();
        await page.keyboard.type('Y');
        await page.getByText('There is no article X').waitFor({ state: 'hidden' });
        assert.ok(await page.getByText('A day of the past').isVisible());
      }));

    it('text that is no JSON is kept, said, and stops the run', () =>
      withForm({}, async (form) => {
        await form.show({ sections });
        await form.page.locator('summary', { hasText: 'Request context' }).click();
        const json = form.page.locator('details').nth(1).locator('textarea');
        await json.fill('{ "user": ');
        await form.page.getByText(/^Not JSON: /).waitFor();
        await form.page.waitForFunction(() => {
          const own = window as unknown as { kept?: { drafts: readonly unknown[] } };
          return own.kept?.drafts.length === 1;
        });
        assert.deepEqual((await form.kept())?.drafts, [{ section: 'requestContext', path: [], text: '{ "user": ' }]);
      }));

    it('values of another kind than the schema says are not lost', () =>
      ask(
        z.object({ shipTo: z.object({ city: z.string() }), tags: z.array(z.string()), n: z.number() }),
        async (form) => {
          const values = { input: { shipTo: 'Wien', tags: { a: 1 }, n: 'many', other: true } };
          await form.post({ type: 'values', values });
          await form.page.keyboard.press('Control+Enter');
          assert.equal(await submitted(form), undefined);
          await form.page.getByText('Must be an object.').waitFor();
          await form.page.getByText('Also holds other').waitFor();
          assert.deepEqual((await form.kept())?.values, values);
        },
      ));
  });

  describe('what it keeps', () => {
    it('comes back after the tab was hidden, with texts that are no JSON yet', async () => {
      let kept;
      await withForm({}, async (form) => {
        await form.show({ sections });
        await form.page.keyboard.type('1001');
        await form.page.getByLabel('copies').fill('x');
        await form.page.getByLabel('extra').fill('[1, ');
        await form.page.waitForFunction(() => {
          const own = window as unknown as { kept?: { drafts: readonly unknown[] } };
          return own.kept?.drafts.length === 1;
        });
        kept = await form.kept();
      });
      await withForm({ kept }, async (form) => {
        assert.deepEqual(await form.last('ready'), { type: 'ready', protocol: 1, restored: true });
        assert.equal(await form.page.getByLabel('orderId').inputValue(), '1001');
        assert.equal(await form.page.getByLabel('copies').inputValue(), 'x');
        assert.equal(await form.page.getByLabel('extra').inputValue(), '[1, ');
      });
    });

    it('another value from the host takes the place of everything', () =>
      withForm({}, async (form) => {
        await form.show({ sections });
        await form.page.keyboard.type('old');
        await form.post({ type: 'values', values: { input: complete, requestContext: { user: '42' } } });
        await form.page.keyboard.press('Control+Enter');
        assert.deepEqual(await submitted(form), { input: complete, requestContext: { user: '42' } });
      }));

    it('is cleared by a button', () =>
      withForm({}, async (form) => {
        await form.show({ sections });
        await form.post({ type: 'values', values: { input: complete } });
        await form.page.getByRole('button', { name: 'Clear' }).click();
        assert.equal(await form.page.getByLabel('orderId').inputValue(), '');
        assert.equal(await focused(form), 'orderId');
        assert.deepEqual((await form.last('changed'))?.values.input, {
          ...{ lines: [{}], labels: {}, payment: { by: 'card' } },
        });
      }));

    it('rests while the value is edited as JSON', () =>
      withForm({}, async (form) => {
        await form.show({ sections: [sections[0] ?? section({})] });
        await form.show({ sections: [sections[0] ?? section({})], editing: 'json' });
        assert.ok(await form.page.locator('.fields-area').evaluate((area: HTMLElement) => area.inert));
        await form.page.getByRole('button', { name: 'Back to the form' }).click();
        assert.ok(await form.last('edit-form'));
      }));
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`${theme}: names, roles and contrast, empty, filled in and wrong`, () =>
      withForm({ theme, height: 1700 }, async (form) => {
        await form.screenshot(`${theme}-loading`);
        await form.show({ sections, notice: { kind: 'info', message: 'Filled in with the input of the last run.' } });
        await form.page.keyboard.press('Control+Enter');
        await form.screenshot(`${theme}-wrong`);
        assert.deepEqual(await violations(form, []), []);
        await form.post({ type: 'values', values: { input: complete, requestContext: { user: '42' } } });
        await form.screenshot(`${theme}-filled`);
        assert.deepEqual(await violations(form, []), []);
        await form.show({ sections, editing: 'json', notice: { kind: 'warning', message: 'The JSON is broken.' } });
        await form.screenshot(`${theme}-json`);
      }));
  }

  it('is narrow where there is little room', () =>
    withForm({ width: 380, height: 900 }, async (form) => {
      await form.show({ sections });
      await form.screenshot('narrow');
      const wide = await form.page.evaluate(
        () => document.querySelector('main')?.scrollWidth !== document.querySelector('main')?.clientWidth,
      );
      assert.equal(wide, false);
    }));
});
