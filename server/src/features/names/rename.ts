/** Renaming ids and keys in strings: all places or none, with the reason. */
import {
  factsOf,
  isIdentifierName,
  isNamed,
  knownOr,
  propertyKey,
  walkEntries,
  type FileEdit,
  type Location,
  type ProjectModel,
  type Registry,
} from '../../../../common/model/index.ts';
import { idDeclarations, nameAt, occurrencesOf, references, type Name, type Occurrence } from './occurrences.ts';

export type Renaming<T> =
  { readonly kind: 'ready'; readonly value: T } | { readonly kind: 'refused'; readonly reason: string };

/** Whether the name at a place can be renamed without missing a use; undefined where there is no name of ours. */
export function renamingAt(
  project: ProjectModel,
  file: string,
  position: Location['range']['start'],
): Renaming<Name & { readonly place: Location }> | undefined {
  const name = nameAt(project, file, position);
  // A plain key or member is a name of the language, too.
  if (name?.isQuoted !== true) return undefined;
  const reason = obstacle(project, name);
  return reason === undefined ? { kind: 'ready', value: name } : { kind: 'refused', reason };
}

/** The edits that give a name another text. */
export function renameEdits(project: ProjectModel, name: Name, newText: string): Renaming<readonly FileEdit[]> {
  const occurrences = occurrencesOf(project, name);
  const reason = obstacle(project, name) ?? objection(project, name, newText, occurrences);
  if (reason !== undefined) return { kind: 'refused', reason };
  const edits = occurrences.map(({ file, range, form }) => ({ file, range, newText: written(name, newText, form) }));
  return { kind: 'ready', value: edits };
}

function written(name: Name, newText: string, form: Occurrence['form']): string {
  switch (form) {
    case 'shorthand':
      return `${propertyKey(newText)}: ${name.text}`;
    case 'plain':
      return name.space.by === 'key' ? propertyKey(newText) : newText;
    case 'quoted':
    case 'computed':
      return newText;
  }
}

/** Why a name cannot be renamed, whatever its new text. */
function obstacle(project: ProjectModel, name: Name): string | undefined {
  const occurrences = occurrencesOf(project, name);
  const what = `'${name.text}'`;
  const declarations = occurrences.filter(({ role }) => role === 'declaration');
  if (declarations.length === 0) return `It cannot be seen where ${what} is given its name.`;
  if (declarations.length > 1) {
    return `${what} is given in ${String(declarations.length)} places: ${declarations.map(shortPlace).join(', ')}.`;
  }
  const computed = occurrences.find(({ form }) => form === 'computed');
  if (computed !== undefined)
    return `${what} is also used at ${shortPlace(computed)}, where it is not written as a string.`;
  const unknown = references(project).find((fact) => !fact.name.known && mayRefer(name, fact.to));
  if (unknown !== undefined) return `What is looked up at ${shortPlace(unknown)} is not known; it may be ${what}.`;
  return name.space.by === 'id' ? keyedData(project, name) : addedLater(project, name.space.registry);
}

/** What is added while the program runs may have the same key. */
function addedLater(project: ProjectModel, registry: Registry): string | undefined {
  const added = factsOf(project, 'registration-added').find(({ group }) => group === registry);
  return added === undefined
    ? undefined
    : `More ${registry} are added at ${shortPlace(added)}, under keys of their own.`;
}

function mayRefer(name: Name, to: Name['space']): boolean {
  if (name.space.by === 'key') return to.by === 'key' && to.registry === name.space.registry;
  return to.by === 'id' && (to.unit === 'step' || name.space.unit === 'step' || to.unit === name.space.unit);
}

/** After `.parallel` and `.branch` the ids of the steps are the keys of the data, which schemas and functions name. */
function keyedData(project: ProjectModel, { text }: Name): string | undefined {
  for (const workflow of project.workflows.values()) {
    for (const { entry } of walkEntries(workflow.entries)) {
      const inside =
        entry.type === 'parallel'
          ? entry.entries
          : entry.type === 'conditional'
            ? entry.branches.map((branch) => branch.entry)
            : [];
      if (inside.some((each) => isNamed(each) && knownOr(each.id, undefined) === text)) {
        const method = entry.type === 'parallel' ? '.parallel' : '.branch';
        return `'${text}' is a key of the data that leaves the ${method} at ${shortPlace({ file: entry.file, range: entry.call })}.`;
      }
    }
  }
  return undefined;
}

/** Why the new text cannot be the name. */
function objection(
  project: ProjectModel,
  name: Name,
  newText: string,
  occurrences: readonly Occurrence[],
): string | undefined {
  if (newText === name.text) return undefined;
  if (newText.trim() === '') return 'A name cannot be empty.';
  if (/['"`\\\n\r${}]/.test(newText)) return 'A name cannot hold quotes, backslashes, braces or dollar signs.';
  if (name.space.by === 'id' && newText.includes('.')) return 'The dot separates the ids of nested steps.';
  const isMember = ({ role, form }: Occurrence) => role === 'reference' && form === 'plain';
  const member = occurrences.find(isMember);
  if (member !== undefined && !isIdentifierName(newText)) {
    return `'${newText}' cannot stand behind the dot at ${shortPlace(member)}.`;
  }
  const taken =
    name.space.by === 'id'
      ? idDeclarations(project, { ...name, text: newText })[0]
      : factsOf(project, 'registration').find(
          ({ key, registry }) => name.space.by === 'key' && registry === name.space.registry && key === newText,
        );
  return taken === undefined ? undefined : `'${newText}' is taken: ${shortPlace(taken)}.`;
}

function shortPlace({ file, range }: Location): string {
  return `${file.slice(file.lastIndexOf('/') + 1)}:${String(range.start.line + 1)}`;
}
