/** Answers to suspended steps that are asked in a graph panel. */
import assert from 'node:assert/strict';
import { answersInPlace, createPanelAnswers } from '../../client/src/graph/answers.ts';
import type { RunForms, ValueQuestion } from '../../client/src/run/form/ask.ts';
import type { AnswerToPanel } from '../../common/protocol/answer.ts';

const workflow = '/project/orders.ts#orders';

const question: ValueQuestion = {
  id: 'resume:orders',
  reopen: undefined,
  workflow,
  step: ['approve'],
  title: 'Resume orders at approve',
  description: 'The step says: May it be sent?',
  submitLabel: 'Resume',
  schema: { type: 'object', properties: { approved: { type: 'boolean' } } },
  remembered: undefined,
  validate: (value) =>
    Promise.resolve(
      JSON.stringify(value) === '{"approved":true}' ? [] : [{ path: ['approved'], message: 'must be true' }],
    ),
};

describe('an answer that is given in the graph', () => {
  it('is taken when it fits, and refused with the reason when it does not', async () => {
    const posted: AnswerToPanel[] = [];
    const panel = createPanelAnswers((message) => posted.push(message));
    const answered = panel.ask(question);
    assert.deepEqual(posted.at(-1), {
      type: 'question',
      question: {
        number: 1,
        step: ['approve'],
        title: question.title,
        description: question.description,
        submitLabel: 'Resume',
        schema: question.schema,
        remembered: undefined,
      },
    });
    await panel.receive({ type: 'answer', question: 1, value: { approved: false } });
    assert.deepEqual(posted.at(-1), {
      type: 'answer-issues',
      question: 1,
      issues: [{ path: ['approved'], message: 'must be true' }],
    });
    await panel.receive({ type: 'answer', question: 1, value: { approved: true } });
    assert.deepEqual(await answered, { approved: true });
    assert.deepEqual(posted.at(-1), { type: 'question', question: undefined });
  });

  it('is none when the author gives up, or the panel is closed', async () => {
    const panel = createPanelAnswers(() => undefined);
    const first = panel.ask(question);
    await panel.receive({ type: 'no-answer', question: 1 });
    assert.equal(await first, undefined);
    const second = panel.ask(question);
    panel.dismiss();
    assert.equal(await second, undefined);
  });

  it('of a question that is over changes nothing', async () => {
    const panel = createPanelAnswers(() => undefined);
    const first = panel.ask(question);
    const second = panel.ask(question);
    assert.equal(await first, undefined, 'one question at a time');
    await panel.receive({ type: 'answer', question: 1, value: { approved: true } });
    await panel.receive({ type: 'answer', question: 2, value: { approved: true } });
    assert.deepEqual(await second, { approved: true });
  });

  it('is asked in a form of its own where no panel offers to', async () => {
    const asked: string[] = [];
    const forms: RunForms = {
      askInputs: () => Promise.resolve(undefined),
      askValue: () => {
        asked.push('form');
        return Promise.resolve(1);
      },
      reveal: () => false,
      dismiss: () => undefined,
    };
    const answers = answersInPlace(forms);
    const offer = answers.offer(workflow, {
      ask: () => {
        asked.push('panel');
        return Promise.resolve(2);
      },
      reveal: () => asked.push('shown'),
      dismiss: () => undefined,
    });
    assert.equal(await answers.askValue(question), 2);
    assert.equal(answers.reveal(workflow), true);
    assert.equal(await answers.askValue({ ...question, workflow: 'another' }), 1);
    offer.dispose();
    assert.equal(await answers.askValue(question), 1);
    assert.deepEqual(asked, ['panel', 'shown', 'form', 'form']);
  });
});
