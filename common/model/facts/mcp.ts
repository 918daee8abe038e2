/** Servers of the Model Context Protocol: those that the project connects to, and what it offers itself. */
import type { FileEdit, Location, Range } from '../text.ts';
import type { FactBase } from './base.ts';

/** One entry of `new MCPClient({ servers: { name: {...} } })`. The place is its name. */
export interface McpConnectionFact extends FactBase {
  readonly kind: 'mcp-connection';
  readonly name: string;
  readonly command: McpCommand | undefined;
  readonly url: McpUrl | undefined;
}

export interface McpCommand {
  /** The option's value. */
  readonly range: Range;
  /** Undefined when it is computed. */
  readonly text: string | undefined;
  /** The arguments that are written out; undefined for one that is computed, and as a whole when the list is. */
  readonly args: readonly (string | undefined)[] | undefined;
  /** Puts `-y` before the other arguments; undefined where there is no list to put it in. */
  readonly withYes: FileEdit | undefined;
}

/** What `npx` is told to run before any option of its own: a program of the project, or a package that it installs. */
export function packageRunBy(command: McpCommand | undefined): string | undefined {
  if (command?.text !== 'npx') return undefined;
  const first = command.args?.[0];
  return first === undefined || first.startsWith('-') ? undefined : first;
}

export interface McpUrl {
  /** The option's value. */
  readonly range: Range;
  /** True for a string where an object is needed; false also where it is not known. */
  readonly isString: boolean;
  /** The expression as it is written. */
  readonly source: string;
}

/** An agent or workflow that `new MCPServer({ agents, workflows })` offers as a tool. The place is where it is named there. */
export interface McpExposureFact extends FactBase {
  readonly kind: 'mcp-exposure';
  readonly exposed: 'agent' | 'workflow';
  /** Its key in the server's options. */
  readonly key: string;
  /** Only what is certain to have none is in the model. */
  readonly description: 'missing' | 'empty';
  readonly definition: Location;
}
