/** What Mastra's own documentation says about a name: which page it is on, and how the page begins. */
import type { Position, Range } from '../../../common/model/text.ts';
import { lineOf, rangeFrom } from './textAt.ts';

/** A name that a file imports from one of Mastra's packages. */
export interface ImportedName {
  readonly name: string;
  /** `@mastra/core`. */
  readonly packageName: string;
  /** `workflows` of `@mastra/core/workflows`; empty for the package itself. */
  readonly area: string;
  readonly range: Range;
}

const imports = /\bimport\s+(?:type\s+)?\{([^}]*)\}\s*from\s*['"](@mastra\/[^'"/]+)(?:\/([^'"]*))?['"]/g;

/** The imported name that a position is in. */
export function importedNameAt(text: string, position: Position): ImportedName | undefined {
  const line = lineOf(text, position.line);
  for (const match of line.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)) {
    const [local] = match;
    const end = match.index + local.length;
    if (position.character < match.index || position.character > end) continue;
    // A member, a key or a text that happens to have the name.
    if (/[.'"`]\s*$/.test(line.slice(0, match.index)) || /^\s*\??:/.test(line.slice(end))) return undefined;
    const found = namesIn(text).get(local);
    const range = rangeFrom({ line: position.line, character: match.index }, local.length);
    return found === undefined ? undefined : { ...found, range };
  }
  return undefined;
}

function namesIn(text: string): ReadonlyMap<string, Omit<ImportedName, 'range'>> {
  const names = new Map<string, Omit<ImportedName, 'range'>>();
  for (const [, list = '', packageName = '', area = ''] of text.matchAll(imports)) {
    for (const item of list.split(',')) {
      const [name = '', local = name] = item
        .trim()
        .replace(/^type\s+/, '')
        .split(/\s+as\s+/);
      if (name !== '') names.set(local, { name, packageName, area });
    }
  }
  return names;
}

/**
 * The page about an export, among the names of a package's pages (`reference-workflows-step`). Undefined where there is
 * none or more than one.
 */
export function pageOf(pages: readonly string[], name: string, area: string): string | undefined {
  const references = pages.flatMap((page) => {
    const [kind, first, ...rest] = page.split('-');
    return kind === 'reference' && first !== undefined ? [{ page, area: first, topic: plain(rest.join('')) }] : [];
  });
  const inArea = references.filter((reference) => singular(reference.area) === singular(area));
  const wanted = plain(name);
  const topics = [wanted, `${wanted}class`, wanted.replace(/^create/, '')];
  for (const candidates of [inArea, references]) {
    for (const topic of topics) {
      const [found, ...others] = candidates.filter((reference) => reference.topic === topic);
      if (found !== undefined) return others.length === 0 ? found.page : undefined;
    }
  }
  return undefined;
}

/** The page about a method of a chain. */
export function pageOfChainMethod(pages: readonly string[], method: string): string | undefined {
  const wanted = plain(`reference-workflows-workflow-methods-${method}`);
  return pages.find((page) => plain(page) === wanted);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function singular(word: string): string {
  return plain(word).replace(/s$/, '');
}

/** The beginning of a page as a hover shows it: its first paragraph, and a link to the whole. */
export function docsSummary(text: string, uri: string): string | undefined {
  const title = /^# (.+)$/m.exec(text);
  if (title === null) return undefined;
  const blocks = text.slice(title.index + title[0].length).split(/\r?\n\s*\r?\n/);
  const paragraph = blocks
    .map((block) => block.trim())
    .find((block) => /^[\p{L}\d`[*]/u.test(block) && !isNotice(block));
  // Links of a page lead to places on Mastra's site, by paths that mean nothing here.
  const readable = paragraph?.replace(/\s*\n\s*/g, ' ').replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1');
  return [...(readable === undefined ? [] : [readable]), `[Mastra documentation: ${title[1] ?? ''}](${uri})`].join(
    '\n\n',
  );
}

/** `**Added in:** @mastra/core@1.2.0`, and list items. */
function isNotice(block: string): boolean {
  return /^\*\*[^*]+:\*\*|^\*\*[^*]+\*\*:|^[*\d]+[.\s]\s/.test(block);
}
