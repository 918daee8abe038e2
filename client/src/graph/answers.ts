/** Answers to suspended steps that are given in a graph panel, where the step is, instead of in a form of their own. */
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { AnswerToPanel, PanelToAnswer } from '../../../common/protocol/answer.ts';
import type { Json } from '../../../common/runlog/events.ts';
import type { RunForms, ValueQuestion } from '../run/form/ask.ts';

/** A place in which one question can be answered. */
export interface AnswerPlace {
  /** Undefined when the author gave up. */
  ask(question: ValueQuestion): Promise<Json | undefined>;
  /** Shows the question that is open. */
  reveal(): void;
  /** Gives up, as if the author had. */
  dismiss(): void;
}

export interface AnswersInPlace extends RunForms {
  /** From now on, until `dispose`, answers for a workflow are asked there. */
  offer(key: WorkflowKey, place: AnswerPlace): { dispose(): void };
}

/** Everything that no panel offered to ask is asked by `forms`. */
export function answersInPlace(forms: RunForms): AnswersInPlace {
  const places = new Map<WorkflowKey, AnswerPlace>();
  return {
    askInputs: (question) => forms.askInputs(question),
    askValue: (question) => places.get(question.workflow)?.ask(question) ?? forms.askValue(question),
    reveal(key) {
      const place = places.get(key);
      place?.reveal();
      return place !== undefined || forms.reveal(key);
    },
    dismiss(key) {
      places.get(key)?.dismiss();
      forms.dismiss(key);
    },
    offer(key, place) {
      places.set(key, place);
      return {
        dispose() {
          if (places.get(key) === place) places.delete(key);
        },
      };
    },
  };
}

export interface PanelAnswers extends AnswerPlace {
  receive(message: PanelToAnswer): Promise<void>;
  /** The page was loaded anew and knows nothing. */
  restart(): void;
}

/** The questions of one panel, one at a time. */
export function createPanelAnswers(post: (message: AnswerToPanel) => void): PanelAnswers {
  let number = 0;
  let open: { readonly question: ValueQuestion; readonly finish: (value: Json | undefined) => void } | undefined;

  const show = (): void => {
    if (open === undefined) {
      post({ type: 'question', question: undefined });
      return;
    }
    const { step, title, description, submitLabel, schema, remembered } = open.question;
    post({ type: 'question', question: { number, step, title, description, submitLabel, schema, remembered } });
  };

  return {
    ask(question) {
      open?.finish(undefined);
      number += 1;
      return new Promise((resolve) => {
        open = {
          question,
          finish(value) {
            open = undefined;
            show();
            resolve(value);
          },
        };
        show();
      });
    },
    reveal: show,
    dismiss: () => open?.finish(undefined),
    restart() {
      if (open !== undefined) show();
    },
    async receive(message) {
      const asked = open;
      // An answer to a question that is over is late.
      if (asked === undefined || message.question !== number) return;
      if (message.type === 'no-answer') {
        asked.finish(undefined);
        return;
      }
      const issues = await asked.question.validate(message.value);
      if (open !== asked) return;
      if (issues.length === 0) asked.finish(message.value);
      else post({ type: 'answer-issues', question: number, issues });
    },
  };
}
