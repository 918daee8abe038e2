/** Mistakes in schemas: what a step needs does not arrive. */
import { opaque } from '../../../common/model/known.ts';
import type { MutationProject } from '../project.ts';
import type { FieldSite, MakingSite, SchemaSite } from '../sites.ts';
import {
  insert,
  linksOf,
  makingOf,
  makingOfWorkflow,
  nameOf,
  namesIn,
  replace,
  requiredIn,
  type Kind,
  type Link,
} from './kind.ts';

const rules = ['schema-mismatch', 'output-mismatch', 'agent-step-input', 'foreach-not-array'] as const;

/** What no schema of a real project takes or gives. */
const other = `z.custom<{ readonly planted: never }>((value) => typeof value === 'object' && value !== null && 'planted' in value)`;

/** Fields of the step's own input that are known to arrive. */
function* inputFields(
  project: MutationProject,
): Generator<{ readonly link: Link; readonly making: MakingSite; readonly field: FieldSite }> {
  for (const link of linksOf(project)) {
    const { entry, making } = link;
    if (entry.type !== 'step' || entry.check.kind !== 'fits' || !canBeCompared(entry)) continue;
    if (making?.input === undefined) continue;
    for (const field of making.input.fields) if (isPlain(field)) yield { link, making, field };
  }
}

function canBeCompared(entry: Link['entry']): boolean {
  return namesIn(entry.arrives).length > 0;
}

interface OutputField {
  readonly link: Link;
  /** The step before it. */
  readonly making: MakingSite;
  readonly schema: SchemaSite;
  readonly field: string;
}

/** Fields of a step's output that the next entry needs always. */
function* outputFields(project: MutationProject): Generator<OutputField> {
  for (const link of linksOf(project)) {
    const { before, entry } = link;
    const making = before?.type === 'step' ? makingOf(project, before) : undefined;
    const schema = making?.output;
    if (before === undefined || making === undefined || schema === undefined) continue;
    if (entry.type === 'mapping' || entry.check.kind !== 'fits' || !importsZod(project, making.file)) continue;
    // Where the schema of the next is made from this one, both change alike.
    const own = making.name?.text;
    const next = entry.type === 'loop' ? makingOf(project, entry.body) : link.making;
    if (own === undefined || next?.input?.text.includes(own) === true) continue;
    // The schema of another step is not known to be an object of zod.
    if (/\b(?:in|out)putSchema\b/.test(schema.text)) continue;
    const needed = requiredIn(entry.needs);
    for (const field of requiredIn(before.leaves)) {
      if (/^\w+$/.test(field) && needed.includes(field)) yield { link, making, schema, field };
    }
  }
}

/** A kind that changes a field of what a step gives. `change` gets the schema and the field. */
function outputKind(name: string, change: (schema: string, field: string) => string): Kind {
  return {
    name,
    rules,
    oracle: 'tsc',
    *plant(project) {
      for (const { link, making, schema, field } of outputFields(project)) {
        const to = change(schema.text, field);
        const title = `${schema.text} -> ${to}, before ${link.text}`;
        yield { title, changes: [replace(making.file, schema, to)], file: link.entry.file, text: link.text };
      }
    },
  };
}

function isPlain({ name, value }: FieldSite): boolean {
  return /^\w+$/.test(name.text) && !/optional|nullish|default|catch/.test(value.text);
}

/** A kind that changes a field of what a step needs. */
function fieldKind(name: string, change: (field: FieldSite) => string): Kind {
  return {
    name,
    rules,
    oracle: 'tsc',
    *plant(project) {
      for (const { link, making, field } of inputFields(project)) {
        const to = change(field);
        const title = `${field.text} -> ${to} of ${link.text}`;
        yield { title, changes: [replace(making.file, field, to)], file: link.entry.file, text: link.text };
      }
    },
  };
}

function importsZod({ sites }: MutationProject, file: string): boolean {
  const text = sites.find((site) => site.file === file)?.text ?? '';
  return /import [^;]*\bz\b[^;]* from ['"]zod/.test(text);
}

const rename = ({ name, value }: FieldSite) => `${name.text}Planted: ${value.text}`;
const retype = ({ name }: FieldSite) => `${name.text}: ${other}`;

/** A kind that replaces what is needed as a whole. */
function* schemasOf(project: MutationProject): Generator<{ readonly link: Link; readonly schema: SchemaSite }> {
  for (const link of linksOf(project)) {
    const { entry, making } = link;
    if (entry.type !== 'step' || making?.input === undefined || !canBeCompared(entry)) continue;
    if (entry.check.kind === 'fits' && importsZod(project, making.file)) yield { link, schema: making.input };
  }
}

export const schemaKinds: readonly Kind[] = [
  outputKind(
    'rename an output field',
    (schema, field) => `${schema}.omit({ ${field}: true }).extend({ ${field}Planted: z.string() })`,
  ),
  outputKind('drop an output field', (schema, field) => `${schema}.omit({ ${field}: true })`),
  outputKind('retype an output field', (schema, field) => `${schema}.extend({ ${field}: ${other} })`),
  outputKind('an output field becomes optional', (schema, field) => `${schema}.partial({ ${field}: true })`),
  fieldKind('rename an input field', rename),
  fieldKind('retype an input field', retype),
  {
    name: 'a step needs one more field',
    rules,
    oracle: 'tsc',
    *plant(project) {
      for (const { link, schema } of schemasOf(project)) {
        const { making } = link;
        if (schema.open === undefined || making === undefined) continue;
        const changes = [insert(making.file, schema.open, ' planted: z.string(),')];
        yield { title: `${link.text} needs planted`, changes, file: link.entry.file, text: link.text };
      }
    },
  },
  {
    name: 'a step needs something else',
    rules,
    oracle: 'tsc',
    *plant(project) {
      for (const { link, schema } of schemasOf(project)) {
        const { making } = link;
        if (making === undefined) continue;
        const changes = [replace(making.file, schema, 'z.object({ planted: z.string() })')];
        yield { title: `${link.text} needs { planted }`, changes, file: link.entry.file, text: link.text };
      }
    },
  },
  {
    name: "the workflow's input is something else",
    rules,
    oracle: 'tsc',
    *plant(project) {
      for (const { workflow, entry, before, text } of linksOf(project)) {
        const making = makingOfWorkflow(project, workflow);
        if (before !== undefined || entry.type !== 'step' || making?.input === undefined) continue;
        if (requiredIn(entry.needs).length === 0 || entry.check.kind !== 'fits') continue;
        if (!importsZod(project, making.file)) continue;
        const changes = [replace(making.file, making.input, 'z.object({ planted: z.string() })')];
        yield { title: `input of ${nameOf(workflow)}`, changes, file: entry.file, text };
      }
    },
  },
  {
    name: 'the last step gives less',
    rules: ['output-mismatch'],
    oracle: 'tsc',
    *plant(project) {
      for (const { workflow, entry, making, after } of linksOf(project)) {
        const promised = makingOfWorkflow(project, workflow)?.output;
        const schema = making?.output;
        if (after !== undefined || entry.type !== 'step' || schema === undefined || workflow.end.kind !== 'fits')
          continue;
        if (making?.name === undefined || promised?.text.includes(making.name.text) !== false) continue;
        if (/\b(?:in|out)putSchema\b/.test(schema.text)) continue;
        for (const field of requiredIn(workflow.output)) {
          if (!/^\w+$/.test(field) || !requiredIn(entry.leaves).includes(field)) continue;
          const to = `${schema.text}.omit({ ${field}: true })`;
          const changes = [replace(making.file, schema, to)];
          yield { title: `${to} at the end of ${nameOf(workflow)}`, changes, file: workflow.file, text: undefined };
        }
      }
    },
  },
  {
    name: 'execute gives something else',
    rules: ['step-output-mismatch'],
    oracle: 'tsc',
    *plant(project) {
      for (const { makings, executeKeys } of project.sites) {
        for (const key of executeKeys) {
          const making = makings.find(({ start, end }) => start < key.start && key.end < end);
          const promised = making?.output?.fields.find(({ name }) => name.text === key.name.text);
          if (making === undefined || promised === undefined || !isPlain(promised)) continue;
          const changes = [replace(key.file, key.name, `${key.name.text}Planted`)];
          yield { title: `${key.text} in ${making.id?.text ?? 'a step'}`, changes, file: key.file, text: undefined };
        }
      }
    },
  },
  {
    name: 'wrong end schema',
    rules: ['output-mismatch'],
    oracle: 'tsc',
    *plant(project) {
      for (const workflow of project.model.workflows.values()) {
        const making = makingOfWorkflow(project, workflow);
        if (workflow.end.kind !== 'fits' || workflow.entries.length === 0 || making?.output === undefined) continue;
        if (!importsZod(project, making.file)) continue;
        if (namesIn(workflow.entries.at(-1)?.leaves ?? opaque('none')).length === 0) continue;
        const changes = [replace(making.file, making.output, 'z.object({ planted: z.string() })')];
        yield { title: `output of ${nameOf(workflow)}`, changes, file: workflow.file, text: undefined };
      }
    },
  },
  {
    name: 'a key that a .map gives is renamed',
    rules,
    oracle: 'mastra',
    *plant(project) {
      for (const { before, entry, text } of linksOf(project)) {
        if (before?.type !== 'mapping' || before.form !== 'function' || entry.type !== 'step') continue;
        const range = project.textAt(before.file, before.range, []);
        const keys = project.sites.find(({ file }) => file === before.file)?.mapKeys ?? [];
        for (const key of keys) {
          if (!range.includes(key.text) || !requiredIn(entry.needs).includes(key.name.text)) continue;
          const changes = [replace(key.file, key.name, `${key.name.text}Planted`)];
          yield { title: `${key.text} before ${text}`, changes, file: entry.file, text };
        }
      }
    },
  },
];
