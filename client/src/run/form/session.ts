/** One open form: shows what is asked, checks what is given, and hands it to the one who asks. */
import type * as vscode from 'vscode';
import { formProtocolVersion } from '../../../../common/protocol/form.ts';
import type {
  FormHostState,
  FormIdentity,
  FormIssue,
  FormSavedState,
  FormToHost,
  FormValues,
  HostToForm,
} from '../../../../common/protocol/form.ts';
import { fieldPath } from '../check.ts';
import { servePage } from '../../graph/serve.ts';
import { createJsonMode } from './jsonMode.ts';
import type { JsonTabs } from './jsonTab.ts';
import { parseMessage } from './messages.ts';
import type { FormAnswer, FormQuestion } from './question.ts';

export interface FormDependencies {
  readonly vscode: typeof vscode;
  /** Where the bundle's files are. */
  readonly dist: vscode.Uri;
  readonly tabs: JsonTabs;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

export interface FormSession {
  readonly identity: FormIdentity;
  readonly attached: () => boolean;
  /** Asks in this form. Once for each form. */
  attach(question: FormQuestion): Promise<FormAnswer>;
  reveal(): void;
  close(): void;
}

/** `restored` is what the page was when the window was closed: it waits until someone asks again. */
export function startForm(
  { vscode: code, dist, tabs, log }: FormDependencies,
  panel: vscode.WebviewPanel,
  identity: FormIdentity,
  restored?: FormSavedState,
): FormSession {
  const wasJson = restored?.state.editing === 'json';
  let state: FormHostState = { ...(restored?.state ?? emptyState), editing: 'form', checking: false };
  let values: FormValues = restored?.values ?? {};
  let question: FormQuestion | undefined;
  let answer: ((kind: FormAnswer['kind']) => void) | undefined;
  /** False while the page is loading or hidden: VS Code throws a hidden page away. */
  let listening = false;
  /** The page does not have the values that it should show yet. */
  let newValues = false;
  /** What to do as soon as someone asks, in a form of an earlier window. */
  let held: FormToHost | undefined;
  let closed = false;

  const later = (work: Promise<void>): void => {
    work.catch((error: unknown) => log.warn(`${state.title}: ${String(error)}`));
  };
  const post = (message: HostToForm): void => {
    if (listening && !closed) void panel.webview.postMessage(message);
  };
  const update = (change: Partial<FormHostState>): void => {
    if (closed) return;
    state = { ...state, ...change };
    panel.title = state.title;
    post({ type: 'state', protocol: formProtocolVersion, identity, state });
  };
  const replace = (next: FormValues): void => {
    values = next;
    newValues = !listening;
    post({ type: 'values', values });
  };
  const finish = (kind: FormAnswer['kind']): void => {
    answer?.(kind);
    panel.dispose();
  };
  const countSaved = async (): Promise<void> => {
    if (question?.saved === undefined) return;
    update({ saved: { count: await question.saved.count().catch(() => 0) } });
  };

  const json = createJsonMode({
    code,
    tabs,
    column: () => panel.viewColumn,
    state: () => state,
    update,
    values: () => values,
    replace,
    onSubmit: (given) => act({ type: 'submit', number: -1, values: given }),
    onCancel: () => finish('dismissed'),
    onLeft() {
      if (!closed) panel.reveal(panel.viewColumn);
    },
    later,
  });

  /** Checks with the workflow's own schemas; ends the form when everything fits. */
  const submit = async (number: number, given: FormValues): Promise<void> => {
    if (question === undefined || state.checking) return;
    update({ checking: true });
    const issues = await question.validate(given).finally(() => update({ checking: false }));
    if (issues.length === 0) {
      values = given;
      finish('values');
      return;
    }
    post({ type: 'issues', number, issues, submitted: true });
    if (json.isOn()) void code.window.showErrorMessage(sentenceOf(issues, state));
  };

  const receive = async (message: FormToHost): Promise<void> => {
    switch (message.type) {
      case 'ready':
        listening = true;
        update({});
        if (newValues || !message.restored) post({ type: 'values', values });
        newValues = false;
        return;
      case 'changed': {
        // What is edited as JSON is not overwritten by a page that does not know it yet.
        if (json.isOn()) return;
        values = message.values;
        const issues = await question?.validate(message.values);
        if (issues !== undefined) post({ type: 'issues', number: message.number, issues, submitted: false });
        return;
      }
      case 'submit':
        values = message.values;
        return submit(message.number, message.values);
      case 'edit-json':
        values = message.values;
        return json.enter();
      case 'edit-form':
        return json.leave();
      case 'show-json':
        return json.show();
      case 'pick-saved': {
        const picked = await question?.saved?.pick();
        if (picked !== undefined) replace(picked);
        return countSaved();
      }
      case 'save':
        await question?.saved?.save(message.values);
        return countSaved();
      case 'cancel':
        finish('dismissed');
    }
  };

  /** A form of an earlier window has nobody who asks: that one is fetched when it is needed. */
  const act = (message: FormToHost): void => {
    const needsQuestion = ['submit', 'pick-saved', 'save'].includes(message.type);
    later(!needsQuestion || question !== undefined ? receive(message) : reopen(message));
  };
  const reopen = async (message: FormToHost): Promise<void> => {
    if (identity.reopen === undefined || held !== undefined) return;
    held = message;
    update({ checking: true });
    await code.commands.executeCommand(identity.reopen.command, identity.reopen.argument);
    // It ends with the run, or because there is nothing to run any more.
    held = undefined;
    update({ checking: false });
  };

  panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
  const subscriptions = [
    panel.webview.onDidReceiveMessage((data: unknown) => {
      const message = parseMessage(data);
      if (message === undefined) log.warn(`A form sent something that is not a message: ${JSON.stringify(data)}`);
      else act(message);
    }),
    panel.onDidChangeViewState(() => {
      if (!panel.visible) listening = false;
    }),
  ];
  panel.onDidDispose(() => {
    closed = true;
    // Takes the text of the tab first: nothing that was typed is lost.
    later(json.dispose());
    answer?.('dismissed');
    for (const subscription of subscriptions) subscription.dispose();
  });
  panel.title = state.title;
  servePage(code, panel, dist, { name: 'form', title: 'Input' });
  if (wasJson) later(json.restore());

  const begin = async (asked: FormQuestion): Promise<void> => {
    update({ sections: await asked.sections });
    await countSaved();
    const waiting = held;
    held = undefined;
    if (waiting === undefined) return;
    update({ checking: false });
    await receive(waiting);
  };

  return {
    identity,
    attached: () => question !== undefined,
    reveal() {
      if (json.isOn()) later(json.show());
      else panel.reveal(panel.viewColumn);
    },
    close() {
      panel.dispose();
    },
    attach(asked) {
      question = asked;
      const { title, submitLabel, remembered, notice, saved } = asked;
      // What is filled in here already is newer than what the one who asks remembers.
      if (restored === undefined) values = asked.initial;
      update({
        title,
        submitLabel,
        notice: restored === undefined ? notice : state.notice,
        saved: saved === undefined ? undefined : { count: 0 },
        sections: state.sections ?? remembered,
      });
      const answered = new Promise<FormAnswer>((resolve) => {
        answer = (kind) => resolve({ kind, values });
      });
      begin(asked).catch(() => finish('dismissed'));
      return answered;
    },
  };
}

const emptyState: FormHostState = {
  title: 'Input',
  submitLabel: 'Run',
  sections: undefined,
  editing: 'form',
  checking: false,
  notice: undefined,
  saved: undefined,
};

/** The first issue, as one would write its place in the JSON. */
function sentenceOf(issues: readonly FormIssue[], state: FormHostState): string {
  const [first] = issues;
  if (first === undefined) return '';
  const place = state.sections?.length === 1 ? first.path : [first.section, ...first.path];
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return `${place.length === 0 ? '' : `${fieldPath(place)}: `}${first.message}${more}`;
}
