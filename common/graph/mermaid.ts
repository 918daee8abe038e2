/** A workflow as a Mermaid flowchart: for documents, pull requests and the command line. */
import type { GraphModel } from '../protocol/graph.ts';
import { boxesOf } from './boxes.ts';
import type { FlowBox, Folded } from './boxes.ts';

const nothingFolded: Folded = new Set();

/**
 * The flowchart of a workflow, ending with a newline. Containers are subgraphs; entries of a row are linked from the
 * container's entry before and to the one after, the way the data flows. What is folded is a single box.
 */
export function toMermaid(model: GraphModel, { folded = nothingFolded }: { readonly folded?: Folded } = {}): string {
  const writer: Writer = { lines: ['flowchart TD'], links: [], names: 0 };
  writeSequence(writer, boxesOf(model, folded), 1);
  return [...writer.lines, ...writer.links.map((link) => `  ${link}`), ''].join('\n');
}

interface Writer {
  readonly lines: string[];
  readonly links: string[];
  names: number;
}

/** Where lines enter and leave what was written: the box itself, or the first and last boxes inside a subgraph. */
interface Ends {
  readonly first: readonly Entrance[];
  readonly last: readonly string[];
}

interface Entrance {
  readonly name: string;
  readonly condition: string | undefined;
}

function writeSequence(writer: Writer, boxes: readonly FlowBox[], depth: number): Ends {
  const written = boxes.map((box) => writeBox(writer, box, depth));
  written.forEach((ends, index) => {
    const next = written[index + 1];
    if (next !== undefined) linkAll(writer, ends.last, next.first, depth);
  });
  return { first: written[0]?.first ?? [], last: written.at(-1)?.last ?? [] };
}

/** Where many paths meet many others they meet in one point, so that the number of links stays linear. */
function linkAll(writer: Writer, from: readonly string[], to: readonly Entrance[], depth: number): void {
  if (from.length > 1 && to.length > 1) {
    const meeting = newName(writer);
    writer.lines.push(`${'  '.repeat(depth)}${meeting}((" "))`);
    linkAll(writer, from, [{ name: meeting, condition: undefined }], depth);
    linkAll(writer, [meeting], to, depth);
    return;
  }
  for (const start of from) for (const end of to) writer.links.push(link(start, end));
}

function newName(writer: Writer): string {
  const name = `n${writer.names}`;
  writer.names += 1;
  return name;
}

function writeBox(writer: Writer, box: FlowBox, depth: number): Ends {
  const name = newName(writer);
  const { condition } = box.node;
  const indent = '  '.repeat(depth);
  if (box.arrangement === 'leaf') {
    writer.lines.push(`${indent}${name}${shape(box)}`);
    return { first: [{ name, condition }], last: [name] };
  }
  writer.lines.push(`${indent}subgraph ${name}["${text(box)}"]`, `${indent}  direction TB`);
  const ends =
    box.arrangement === 'sequence'
      ? writeSequence(writer, box.children, depth + 1)
      : together(box.children.map((child) => writeBox(writer, child, depth + 1)));
  writer.lines.push(`${indent}end`);
  if (box.arrangement === 'loop') {
    for (const from of ends.last) for (const to of ends.first) writer.links.push(`${from} -. again .-> ${to.name}`);
  }
  // The condition under which the whole container runs belongs on the lines into it.
  const first = condition === undefined ? ends.first : ends.first.map((to) => ({ ...to, condition }));
  return { first, last: ends.last };
}

function together(parts: readonly Ends[]): Ends {
  return { first: parts.flatMap((part) => part.first), last: parts.flatMap((part) => part.last) };
}

function link(from: string, to: Entrance): string {
  return to.condition === undefined ? `${from} --> ${to.name}` : `${from} -->|"${escape(to.condition)}"| ${to.name}`;
}

function shape(box: FlowBox): string {
  const label = `"${text(box)}"`;
  switch (box.node.kind) {
    case 'start':
    case 'end':
      return `([${label}])`;
    case 'mapping':
      return `[/${label}/]`;
    case 'sleep':
    case 'sleepUntil':
      return `(${label})`;
    case 'agent':
    case 'tool':
    case 'classifier':
      return `{{${label}}}`;
    case 'workflow':
      return `[[${label}]]`;
    case 'opaque':
      return `>${label}]`;
    case 'step':
    case 'parallel':
    case 'conditional':
    case 'loop':
    case 'foreach':
      return `[${label}]`;
  }
}

/** Second lines that say what runs; descriptions stay out, they make charts unreadable. */
function text({ node, detail: line }: FlowBox): string {
  const detail = line === node.description && node.kind !== 'mapping' ? undefined : line;
  return detail === undefined ? escape(node.title) : `${escape(node.title)}<br>${escape(detail)}`;
}

/**
 * Mermaid reads `#...;` as an entity, a quote as the label's end, and a label that starts with a list or heading mark
 * as Markdown; everything but letters, digits and harmless marks is therefore written as an entity.
 */
function escape(label: string): string {
  const text = label
    .replace(/\s+/g, ' ')
    .replace(/[^\p{L}\p{N} _.,:=?!()/-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`)
    .replace(/^(\d+)\./, '$1#46;')
    .replace(/^[-*] /, (mark) => `#${mark.charCodeAt(0)};${mark.slice(1)}`);
  // An empty text is a syntax error.
  return text === '' ? ' ' : text;
}
