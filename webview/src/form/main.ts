/** The page of an input form: takes what is asked for from the extension host, and sends back what was filled in. */
import './form.css';
import { formProtocolVersion } from '../../../common/protocol/form.ts';
import type {
  FormHostState,
  FormIdentity,
  FormIssue,
  FormSavedState,
  FormToHost,
  FormValues,
  HostToForm,
} from '../../../common/protocol/form.ts';
import type { Json } from '../../../common/runlog/events.ts';
import { equalJson } from '../../../common/schema/index.ts';
import { replaceChildren } from '../dom.ts';
import { createContext } from './context.ts';
import { createFrame } from './frame.ts';
import { createSection } from './section.ts';
import type { SectionView } from './section.ts';
import { stillTrue, together } from './values.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FormToHost): void;
  getState(): FormSavedState | undefined;
  setState(state: FormSavedState): void;
};

/** Long enough not to check every letter of a word that is typed quickly. */
const pauseMilliseconds = 200;

const host = acquireVsCodeApi();
const saved = host.getState();

let identity: FormIdentity | undefined = saved?.identity;
let state: FormHostState | undefined = saved?.state;
let outdated = false;
let sections: readonly SectionView[] = [];
/** What is shown in sections that are not there yet: those of the last page, or of the host's first message. */
let waiting: FormValues = saved?.values ?? {};
let waitingDrafts = saved?.drafts ?? [];
/** After "Run" was pressed once, everything that is missing is said. */
let showAll = false;
let number = 0;
let sent: FormValues = {};
let remote: { readonly issues: readonly FormIssue[]; readonly values: FormValues } = { issues: [], values: {} };
let submitted: FormValues = {};
let timer: ReturnType<typeof setTimeout> | undefined;

const frame = createFrame({
  onSubmit: submit,
  onCancel: () => host.postMessage({ type: 'cancel' }),
  onEditJson: () => host.postMessage({ type: 'edit-json', values: flush() }),
  onEditForm: () => host.postMessage({ type: 'edit-form' }),
  onShowJson: () => host.postMessage({ type: 'show-json' }),
  onClear: clear,
  onPickSaved: () => host.postMessage({ type: 'pick-saved' }),
  onSave: () => host.postMessage({ type: 'save', values: flush() }),
});
document.body.append(frame.root);

function values(): FormValues {
  if (sections.length === 0) return waiting;
  return Object.fromEntries(
    sections.flatMap((view) => {
      const value = view.read();
      return value === undefined ? [] : [[view.section.id, value]];
    }),
  );
}

/** Makes the fields anew: other sections, or other values. */
function build(next: FormHostState): void {
  const context = createContext(changed);
  const shown = next.sections ?? [];
  const [current, drafts] = [values(), draftsOf()];
  sections = shown.map((section) =>
    createSection(
      context,
      section,
      { value: current[section.id], drafts: drafts.filter((draft) => draft.section === section.id) },
      shown.length === 1,
    ),
  );
  replaceChildren(frame.fields, ...sections.map((view) => view.root));
}

function draftsOf(): FormSavedState['drafts'] {
  return sections.length === 0 ? waitingDrafts : sections.flatMap((view) => view.drafts());
}

function changed(): void {
  showIssues();
  clearTimeout(timer);
  timer = setTimeout(flush, pauseMilliseconds);
}

/** Tells the host, and keeps, what is filled in now. */
function flush(): FormValues {
  clearTimeout(timer);
  const current = values();
  save();
  if (!equalJson(asJson(current), asJson(sent))) {
    sent = current;
    number += 1;
    host.postMessage({ type: 'changed', number, values: current });
  }
  return current;
}

function asJson(some: FormValues): Json {
  return Object.fromEntries(Object.entries(some));
}

function save(): void {
  if (identity === undefined || state === undefined) return;
  host.setState({ identity, state, values: values(), drafts: draftsOf() });
}

/** Begins anew, with nothing filled in. */
function clear(): void {
  if (state === undefined) return;
  waiting = {};
  waitingDrafts = [];
  sections = [];
  showAll = false;
  build(state);
  showIssues();
  flush();
  sections[0]?.focus([]);
  frame.announce('Everything was cleared.');
}

function issues(): readonly FormIssue[] {
  const local = sections.flatMap((view) => view.check());
  return together(local, stillTrue(remote.issues, remote.values, values()));
}

function showIssues(): void {
  const all = issues();
  for (const view of sections) view.show(all, showAll);
}

function submit(): void {
  if (state?.sections === undefined || state.checking || state.editing === 'json' || outdated) return;
  const wrong = sections.flatMap((view) => view.check());
  if (wrong.length > 0) {
    refuse(wrong);
    return;
  }
  submitted = flush();
  number += 1;
  host.postMessage({ type: 'submit', number, values: submitted });
}

/** Shows everything that is wrong, and puts the keyboard to the first of it. */
function refuse(wrong: readonly FormIssue[]): void {
  showAll = true;
  showIssues();
  const [first] = wrong;
  const section = sections.find((view) => view.section.id === first?.section);
  section?.focus(first?.path ?? []);
  frame.announce(wrong.length === 1 ? 'One field does not fit yet.' : `${wrong.length} fields do not fit yet.`);
}

function receive(message: HostToForm): void {
  switch (message.type) {
    case 'state': {
      if (message.protocol !== formProtocolVersion) {
        outdated = true;
        frame.update(state, outdated);
        return;
      }
      const first = sections.length === 0;
      const same = equalJson(jsonOf(state?.sections), jsonOf(message.state.sections));
      const wasResting = state?.editing === 'json';
      ({ identity, state } = message);
      if (!same || first) build(state);
      frame.update(state, outdated);
      if (first && sections.length > 0) sections[0]?.focus([]);
      else if (wasResting && state.editing === 'form') sections[0]?.focus([]);
      showIssues();
      save();
      return;
    }
    case 'values':
      waiting = message.values;
      waitingDrafts = [];
      sections = [];
      sent = message.values;
      if (state !== undefined) build(state);
      showIssues();
      save();
      return;
    case 'issues':
      if (message.number !== number) return;
      remote = { issues: message.issues, values: message.submitted ? submitted : sent };
      if (message.submitted && message.issues.length > 0) refuse(message.issues);
      else showIssues();
  }
}

function jsonOf(some: FormHostState['sections']): Json {
  return JSON.parse(JSON.stringify(some ?? null)) as Json;
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  else if (event.key === 'Escape' && !event.isComposing) host.postMessage({ type: 'cancel' });
  else return;
  event.preventDefault();
});

// What was typed last must not be lost when the tab is hidden: VS Code throws the page away then.
document.addEventListener('visibilitychange', () => {
  if (document.hidden && sections.length > 0) flush();
});
window.addEventListener('blur', () => {
  if (sections.length > 0) flush();
});

window.addEventListener('message', (event: MessageEvent<HostToForm>) => receive(event.data));

if (state !== undefined) build(state);
frame.update(state, outdated);
host.postMessage({ type: 'ready', protocol: formProtocolVersion, restored: saved !== undefined });
