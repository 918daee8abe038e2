/** The input of a run, and the data for a suspended step, asked for in a form. */
import type * as vscode from 'vscode';
import type { StepQuestion } from '../../../../common/protocol/answer.ts';
import { commandIds } from '../../../../common/protocol/ids.ts';
import type { FormIdentity, FormIssue, FormNotice, FormSection, FormValues } from '../../../../common/protocol/form.ts';
import type { WorkflowKey } from '../../../../common/model/workflow.ts';
import type { Json } from '../../../../common/runlog/events.ts';
import { fieldOf, isObject } from '../../../../common/schema/index.ts';
import type { GivenInputs } from '../ask.ts';
import type { RunInputs } from '../connection.ts';
import { needsContext } from '../context.ts';
import type { InputIssue, InputPart, LoadedWorkflow } from '../protocol.ts';
import type { Forms } from './forms.ts';
import { answerFormId, inputFormId } from './ids.ts';
import { formSections, parseValues } from './messages.ts';
import { createSavedInputs } from './saved.ts';

export interface InputsQuestion {
  /** The file that declares the workflow. */
  readonly uri: string;
  readonly key: WorkflowKey;
  /** Id of the workflow, else its name. */
  readonly title: string;
  /** Rejects when the workflow cannot be run. */
  readonly loaded: Promise<LoadedWorkflow>;
  /** Filled in to begin with, e.g. the input of an earlier run; else what was given the last time. */
  readonly initial?: RunInputs | undefined;
  readonly validate: (part: InputPart, value: Json) => Promise<readonly InputIssue[]>;
}

export interface ValueQuestion extends FormIdentity, StepQuestion {
  /** Of the step that asks. */
  readonly workflow: WorkflowKey;
  readonly validate: (value: Json) => Promise<readonly InputIssue[]>;
}

export interface RunForms {
  /** Undefined when the author gave up, or `loaded` rejected: the caller then says why. Remembers what was given. */
  askInputs(question: InputsQuestion): Promise<GivenInputs | undefined>;
  /** One value of any schema, e.g. the data that a suspended step waits for. Undefined when the author gave up. */
  askValue(question: ValueQuestion): Promise<Json | undefined>;
  /** Brings the form for a workflow to the front; false when there is none. */
  reveal(key: WorkflowKey): boolean;
  /** Closes it, as if the author had. */
  dismiss(key: WorkflowKey): void;
}

/** Schemas larger than this (characters) are not remembered: the form then opens when the workflow is loaded. */
const rememberedSchema = 100_000;

export function createRunForms(code: typeof vscode, forms: Forms, memory: vscode.Memento): RunForms {
  return {
    reveal: (key) => forms.reveal(inputFormId(key)) || forms.reveal(answerFormId(key)),
    dismiss(key) {
      forms.dismiss(inputFormId(key));
      forms.dismiss(answerFormId(key));
    },
    async askInputs(question) {
      const { uri, key, title, loaded } = question;
      const remembered = rememberedSections(memory, key);
      if (question.initial === undefined && remembered?.length === 0) {
        // It asked for nothing the last time: a form that opens only to close again would be a flicker.
        const now = await loaded;
        if (sectionsOf(now) === undefined) return nothing;
      }
      const sections = loaded.then(async (workflow) => {
        const all = sectionsOf(workflow);
        await rememberSections(memory, key, all ?? []);
        return all;
      });
      const empty = sections.then((all) => all === undefined && question.initial === undefined);
      // Without a workflow there is nothing to give input to; the form closes, and the caller says why.
      const settled = empty.catch(() => true);
      const start = startingValues(memory, key, question.initial);
      const saved = createSavedInputs(code, code.Uri.parse(uri), title);
      const answered = forms.ask({
        id: inputFormId(key),
        reopen: { command: commandIds.runWorkflow, argument: { uri, key } },
        title: `Run ${title}`,
        submitLabel: 'Run',
        remembered: remembered?.length === 0 ? undefined : remembered,
        sections: sections.then((all) => all ?? [inputSection({ type: 'object' })]),
        initial: start.values,
        notice: start.notice,
        saved,
        validate: (values) => validateParts(question, values),
      });
      if (await Promise.race([settled, answered.then(() => false)])) {
        forms.dismiss(inputFormId(key));
        await answered;
        return (await empty) ? nothing : undefined;
      }
      const { kind, values } = await answered;
      if (kind === 'dismissed') {
        await memory.update(draftKey(key), hasContent(values) ? values : undefined);
        return undefined;
      }
      await Promise.all([
        memory.update(draftKey(key), undefined),
        ...parts.map((part) => memory.update(memoryKey(part, key), textOf(values[part]))),
      ]);
      const inputName = await saved?.nameOf(values).catch(() => undefined);
      return { input: values.input ?? {}, state: values.state, requestContext: values.requestContext, inputName };
    },
    async askValue({ id, reopen, title, description, submitLabel, schema, remembered, validate }) {
      const section: FormSection = { id: 'value', title, description, schema, required: true };
      const answer = await forms.ask({
        id,
        reopen,
        title,
        submitLabel,
        remembered: [section],
        sections: Promise.resolve([section]),
        initial: remembered === undefined ? {} : { value: remembered },
        notice: undefined,
        saved: undefined,
        validate: async (values) => issuesIn('value', await validate(values.value ?? {})),
      });
      return answer.kind === 'values' ? (answer.values.value ?? {}) : undefined;
    },
  };
}

const nothing: GivenInputs = { input: {}, state: undefined, requestContext: undefined, inputName: undefined };
const parts = ['input', 'state', 'requestContext'] as const satisfies readonly InputPart[];

/** What a run is asked for; undefined when there is nothing that could be filled in or has to be. */
export function sectionsOf(workflow: LoadedWorkflow): readonly FormSection[] | undefined {
  const { inputSchema, stateSchema, needsState, requestContextSchema } = workflow;
  const input = fieldOf(inputSchema);
  const takesNothing = input.kind === 'object' && input.properties.length === 0 && input.additional === undefined;
  const contextNeeded = needsContext(workflow);
  if (takesNothing && !needsState && !contextNeeded) return undefined;
  const state: FormSection = {
    id: 'state',
    title: 'Initial state',
    description: 'What the steps share from the start; fields that are left out have the defaults of the workflow.',
    schema: stateSchema,
    required: needsState,
  };
  const context: FormSection = {
    id: 'requestContext',
    title: 'Request context',
    description: 'Entries that steps read with requestContext.get(name).',
    schema: requestContextSchema ?? { type: 'object' },
    required: contextNeeded,
  };
  return [inputSection(inputSchema), ...(stateSchema === undefined && !needsState ? [] : [state]), context];
}

function inputSection(schema: Json | undefined): FormSection {
  return { id: 'input', title: 'Input', description: undefined, schema, required: true };
}

/** Asks the workflow about every part that is there or has to be. */
async function validateParts({ loaded, validate }: InputsQuestion, values: FormValues): Promise<readonly FormIssue[]> {
  const { needsState } = await loaded;
  const checked = parts.filter(
    (part) => part === 'input' || values[part] !== undefined || (part === 'state' && needsState),
  );
  const issues = await Promise.all(
    checked.map(async (part) => issuesIn(part, await validate(part, values[part] ?? {}))),
  );
  return issues.flat();
}

function issuesIn(section: FormIssue['section'], issues: readonly InputIssue[]): readonly FormIssue[] {
  return issues.map(({ path, message }) => ({ section, path, message }));
}

/** As the input box keeps them too: JSON text. */
function memoryKey(part: InputPart, key: WorkflowKey): string {
  return `mastra.run.${part}:${key}`;
}

function draftKey(key: WorkflowKey): string {
  return `mastra.run.draft:${key}`;
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function hasContent(values: FormValues): boolean {
  return Object.values(values).some((value) => !isObject(value) || Object.keys(value).length > 0);
}

interface Start {
  readonly values: FormValues;
  readonly notice: FormNotice | undefined;
}

function startingValues(memory: vscode.Memento, key: WorkflowKey, initial: RunInputs | undefined): Start {
  if (initial !== undefined) {
    const { input, state, requestContext } = initial;
    const values = {
      input,
      ...(state !== undefined && { state }),
      ...(requestContext !== undefined && { requestContext }),
    };
    return { values, notice: undefined };
  }
  const draft = parseValues(memory.get(draftKey(key)) ?? {});
  if (draft !== undefined && hasContent(draft)) {
    return {
      values: draft,
      notice: { kind: 'info', message: 'Filled in with what you had typed before you cancelled.' },
    };
  }
  const last = parts.flatMap((part) => {
    const value = parsed(memory.get<unknown>(memoryKey(part, key)));
    return value === undefined ? [] : [[part, value] as const];
  });
  const values: FormValues = Object.fromEntries(last);
  return {
    values,
    notice: hasContent(values) ? { kind: 'info', message: 'Filled in with the input of the last run.' } : undefined,
  };
}

/** What the input box kept may be text that was never JSON. */
function parsed(text: unknown): Json | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function sectionsKey(key: WorkflowKey): string {
  return `mastra.run.sections:${key}`;
}

/** Empty when the workflow asked for nothing; undefined when nothing is remembered. */
function rememberedSections(memory: vscode.Memento, key: WorkflowKey): readonly FormSection[] | undefined {
  const kept = formSections.safeParse(memory.get(sectionsKey(key)));
  return kept.success ? kept.data : undefined;
}

async function rememberSections(
  memory: vscode.Memento,
  key: WorkflowKey,
  sections: readonly FormSection[],
): Promise<void> {
  const large = JSON.stringify(sections).length > rememberedSchema;
  await memory.update(sectionsKey(key), large ? undefined : sections);
}
