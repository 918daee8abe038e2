/** The question that a suspended step asks, shown in the details of that step. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { AnswerQuestion, AnswerToPanel, PanelToAnswer } from '../../../common/protocol/answer.ts';
import type { NodeFacts } from '../../../common/protocol/graph.ts';
import { createAnswerForm } from './answer-form.ts';

export interface AnsweringEvents {
  readonly post: (message: PanelToAnswer) => void;
  /** Nodes of the drawing. */
  readonly nodes: () => readonly NodeFacts[];
  /** Something else is asked, by this node if the drawing has it: all is drawn again. */
  readonly onAsked: (node: EntryAddress | undefined) => void;
  readonly announce: (text: string) => void;
}

export interface Answering {
  readonly root: HTMLElement;
  receive(message: AnswerToPanel): void;
  /** The form is seen in the details of the step that asks, and of no other. */
  showAt(node: NodeFacts | undefined): void;
}

export function createAnswering({ post, nodes, onAsked, announce }: AnsweringEvents): Answering {
  let asked: AnswerQuestion | undefined;
  const form = createAnswerForm({
    onAnswer(value) {
      if (asked !== undefined) post({ type: 'answer', question: asked.number, value });
    },
    onCancel() {
      if (asked !== undefined) post({ type: 'no-answer', question: asked.number });
    },
    announce,
  });
  return {
    root: form.root,
    receive(message) {
      if (message.type === 'answer-issues') {
        if (message.question === asked?.number) form.refuse(message.issues);
        return;
      }
      const { question } = message;
      asked = question;
      form.ask(question);
      const node = question && nodes().find((each) => isAsking(question, each));
      onAsked(node?.id);
      if (node !== undefined) form.focus();
    },
    showAt(node) {
      form.root.hidden = asked === undefined || !isAsking(asked, node);
    },
  };
}

function isAsking({ step }: AnswerQuestion, node: NodeFacts | undefined): boolean {
  return node?.step !== undefined && node.kind !== 'foreach' && node.step.join('.') === step.join('.');
}
