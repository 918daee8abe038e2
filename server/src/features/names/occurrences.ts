/** Everything that a project says by one name: where it is given, and where it is referred to. */
import {
  factsOf,
  known,
  knownOr,
  rangeContains,
  walkEntries,
  writtenId,
  type DeclaredIdFact,
  type Location,
  type NameReferenceFact,
  type NameSpace,
  type Position,
  type ProjectModel,
  type RegistrationFact,
} from '../../../../common/model/index.ts';

/** A name with what it names. */
export interface Name {
  readonly space: NameSpace;
  readonly text: string;
}

export interface NameAt extends Name {
  readonly place: Location;
  /** False behind a dot and for a plain key, which TypeScript has its own answers for. */
  readonly isQuoted: boolean;
}

/** How a name stands in the source; what an edit has to write depends on it. */
export type Form = 'quoted' | 'plain' | 'shorthand' | 'computed';

export interface Occurrence extends Location {
  readonly role: 'declaration' | 'reference';
  readonly form: Form;
}

/** The name that a position is in. */
export function nameAt(project: ProjectModel, file: string, position: Position): NameAt | undefined {
  const isHere = (place: Location) => place.file === file && rangeContains(place.range, position);
  for (const fact of references(project)) {
    if (!isHere(fact) || !fact.name.known || fact.form === 'computed') continue;
    return { space: fact.to, text: fact.name.value, place: placeOf(fact), isQuoted: fact.form === 'quoted' };
  }
  const declared = factsOf(project, 'declared-id').find(isHere);
  if (declared !== undefined) {
    const space: NameSpace = { by: 'id', unit: declared.unit };
    return { space, text: declared.id, place: placeOf(declared), isQuoted: true };
  }
  const registered = factsOf(project, 'registration').find(isHere);
  if (registered === undefined) return undefined;
  const space: NameSpace = { by: 'key', registry: registered.registry };
  return { space, text: registered.key, place: placeOf(registered), isQuoted: registered.form === 'quoted' };
}

/** Every place of a name, each once. */
export function occurrencesOf(project: ProjectModel, name: Name): readonly Occurrence[] {
  const declared: readonly Occurrence[] =
    name.space.by === 'id'
      ? idDeclarations(project, name).map((fact) => ({ ...placeOf(fact), role: 'declaration', form: 'quoted' }))
      : registrations(project, name).map((fact) => ({ ...placeOf(fact), role: 'declaration', form: fact.form }));
  const referring = references(project)
    .filter((fact) => refersTo(project, fact, name))
    .map((fact): Occurrence => ({ ...placeOf(fact), role: 'reference', form: fact.form }));
  return onlyOnce([...declared, ...referring]);
}

/** Where something with this name is made. */
export function definitionsOf(project: ProjectModel, name: Name): readonly Location[] {
  if (name.space.by === 'key') {
    return onlyOnce(registrations(project, name).map((fact) => fact.target ?? placeOf(fact)));
  }
  const written = idDeclarations(project, name).map(placeOf);
  if (written.length > 0) return onlyOnce(written);
  // An id that a function computes is only known where the chain uses it.
  const entries = [...project.workflows.values()].flatMap(({ entries: chain }) => [...walkEntries(chain)]);
  return onlyOnce(
    entries.flatMap(({ entry }) =>
      writtenId(entry) === name.text && entry.definition !== undefined ? [entry.definition] : [],
    ),
  );
}

/** References in code, and those in the templates of mappings. */
export function references(project: ProjectModel): readonly NameReferenceFact[] {
  const templates = [...project.workflows.values()].flatMap(({ entries }) =>
    [...walkEntries(entries)].flatMap(({ entry }) => (entry.type === 'mapping' ? (entry.reads ?? []) : [])),
  );
  const placeholders = templates.flatMap(({ form, source, file }): readonly NameReferenceFact[] =>
    form === 'template' && source.kind === 'step'
      ? [
          {
            kind: 'name-reference',
            to: { by: 'id', unit: 'step' },
            name: source.id,
            form: 'quoted',
            file,
            range: source.range,
          },
        ]
      : [],
  );
  return [...factsOf(project, 'name-reference'), ...lookups(project), ...placeholders];
}

const unitOfGroup = { workflows: 'workflow', agents: 'agent', tools: 'tool' } as const;

/** Lookups by name, `.agent('x')` in a chain among them. */
function lookups(project: ProjectModel): readonly NameReferenceFact[] {
  return factsOf(project, 'lookup').flatMap(({ group, by, name, file, range }): readonly NameReferenceFact[] => {
    if (group === 'vectors') return [];
    const to: NameSpace = by === 'key' ? { by, registry: group } : { by, unit: unitOfGroup[group] };
    return [{ kind: 'name-reference', to, name: known(name), form: 'quoted', file, range }];
  });
}

export function idDeclarations(project: ProjectModel, { space, text }: Name): readonly DeclaredIdFact[] {
  if (space.by !== 'id') return [];
  return factsOf(project, 'declared-id').filter(
    ({ id, unit }) => id === text && (space.unit === 'step' || space.unit === unit),
  );
}

function registrations(project: ProjectModel, { space, text }: Name): readonly RegistrationFact[] {
  if (space.by !== 'key') return [];
  return factsOf(project, 'registration').filter(({ key, registry }) => key === text && registry === space.registry);
}

/** The id of a workflow is referred to as such and, where it is nested, as that of a step. */
function refersTo(project: ProjectModel, { to, name }: NameReferenceFact, wanted: Name): boolean {
  if (knownOr(name, undefined) !== wanted.text) return false;
  if (to.by === 'key') return wanted.space.by === 'key' && to.registry === wanted.space.registry;
  if (wanted.space.by !== 'id') return false;
  if (to.unit === wanted.space.unit || to.unit === 'step') return true;
  // Asked from a step reference: the id may be that of a workflow, which is referred to by its own lookups too.
  return wanted.space.unit === 'step' && idDeclarations(project, wanted).some(({ unit }) => unit === to.unit);
}

function placeOf({ file, range }: Location): Location {
  return { file, range };
}

export function placeKey({ file, range: { start } }: Location): string {
  return `${file}:${String(start.line)}:${String(start.character)}`;
}

function onlyOnce<T extends Location>(places: readonly T[]): readonly T[] {
  return [...new Map(places.map((place) => [placeKey(place), place])).values()];
}
