/** A suspended step is answered in its details. */
import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { AnswerQuestion } from '../../common/protocol/answer.ts';
import { shop, suspendedRun } from '../replay/sample.ts';
import { violations } from './axe.ts';
import { launch, openPanel } from './page.ts';
import type { Panel } from './page.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

const question: AnswerQuestion = {
  number: 1,
  step: ['ask-manager'],
  title: 'Resume shop at ask-manager',
  description: 'The step says: May this order be sent?',
  submitLabel: 'Resume',
  schema: {
    type: 'object',
    properties: {
      approved: { type: 'boolean', description: 'Whether it may be sent' },
      by: { type: 'string', minLength: 1 },
      note: { type: 'string' },
    },
    required: ['approved', 'by'],
  },
  remembered: undefined,
};

describe('the answer to a suspended step', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  async function withQuestion(
    theme: ThemeName,
    use: (panel: Panel) => Promise<void>,
    size = { width: 1200, height: 1000 },
  ): Promise<void> {
    const panel = await openPanel(browser, { theme, ...size });
    try {
      await panel.show({ graph: shop });
      await panel.run({ events: suspendedRun, source: 'live', drawing: undefined });
      await panel.post({ type: 'question', question });
      await use(panel);
      assert.deepEqual(panel.complaints, []);
    } finally {
      await panel.page.close();
    }
  }

  it('is asked where the step is, with the fields of its schema', async () => {
    await withQuestion('dark', async (panel) => {
      assert.equal(await panel.page.locator('.details h2').innerText(), 'ask-manager');
      const form = panel.page.getByRole('form', { name: question.title });
      assert.match(await form.innerText(), /May this order be sent\?/);
      await form.getByRole('button', { name: 'Resume' }).click();
      assert.deepEqual(
        (await panel.messages()).filter(({ type }) => type === 'answer'),
        [],
        'not without what is needed',
      );
      await form.getByLabel('by').fill('Ada');
      await form.getByLabel('Yes').or(form.getByLabel('true')).first().check();
      await form.getByRole('button', { name: 'Resume' }).click();
      assert.deepEqual((await panel.messages()).at(-1), {
        type: 'answer',
        question: 1,
        value: { approved: true, by: 'Ada' },
      });
      await panel.post({
        type: 'answer-issues',
        question: 1,
        issues: [{ path: ['by'], message: 'is not a manager' }],
      });
      await form.getByText('is not a manager').waitFor();
      await panel.post({ type: 'question', question: undefined });
      assert.equal(await form.isVisible(), false);
    });
  });

  it('can be put off with Escape, and keys of the drawing are letters in it', async () => {
    await withQuestion('dark', async (panel) => {
      const form = panel.page.getByRole('form', { name: question.title });
      await form.getByLabel('by').fill('');
      await form.getByLabel('by').pressSequentially('1+0');
      assert.equal(await form.getByLabel('by').inputValue(), '1+0');
      await panel.page.keyboard.press('Escape');
      assert.deepEqual((await panel.messages()).at(-1), { type: 'no-answer', question: 1 });
    });
  });

  for (const [width, height] of [
    [360, 700],
    [655, 780],
  ] as const) {
    it(`is read and sent without scrolling in a panel of ${width} x ${height}, and every field is in sight when it is filled in`, async () => {
      await withQuestion(
        'light',
        async (panel) => {
          const form = panel.page.getByRole('form', { name: question.title });
          const resume = form.getByRole('button', { name: 'Resume' });
          const dock = await panel.page.locator('.dock').boundingBox();
          assert.ok(dock);
          const end = async (element: Locator): Promise<number> => {
            const box = await element.boundingBox();
            assert.ok(box);
            return box.y + box.height;
          };
          const title = await form.getByRole('heading', { name: question.title }).boundingBox();
          const details = await panel.page.locator('.details').boundingBox();
          assert.ok(title && details && title.y >= details.y);
          assert.ok((await end(resume)) <= dock.y);
          for (const name of ['by', 'note']) {
            await form.getByLabel(name).focus();
            const buttons = await resume.boundingBox();
            assert.ok(buttons && (await end(form.getByLabel(name))) <= buttons.y, `${name} is above the buttons`);
          }
          await panel.screenshot(`answer-${width}`);
        },
        { width, height },
      );
    });
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`${theme}: has contrast, roles and names`, async () => {
      await withQuestion(theme, async (panel) => {
        await panel.screenshot(`${theme}-answer`);
        assert.deepEqual(await violations(panel), []);
      });
    });
  }
});
