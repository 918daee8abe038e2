/** A server of an `MCPClient` that it cannot connect to, or not in the way that is meant. */
import { factsOf, type McpCommand, type McpConnectionFact } from '../../../../common/model/facts/index.ts';
import type { Range } from '../../../../common/model/text.ts';
import type { Finding, Fix, Severity } from '../../../../common/protocol/rules.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const mcpServerConfig: Rule = {
  id: 'mcp-server-config',
  summary: 'A server of an `MCPClient` cannot be connected to as it is described.',
  *check(project) {
    for (const server of factsOf(project, 'mcp-connection')) yield* problemsOf(server);
  },
};

function* problemsOf(server: McpConnectionFact): Iterable<Finding> {
  const { command, url } = server;
  const name = `MCP server ${code(server.name)}`;
  if (command === undefined && url === undefined) {
    yield finding(
      server,
      server.range,
      'error',
      `${name} has neither \`command\` nor \`url\`: connecting to it throws.`,
    );
    return;
  }
  if (command !== undefined && url !== undefined) {
    const message = `${name} has both \`command\` and \`url\`: the command is run, and the URL is never used.`;
    yield finding(server, url.range, 'warning', message);
    return;
  }
  if (url?.isString === true) {
    const message = `The \`url\` of ${name} is a string, but \`MCPClient\` takes a \`URL\` object.`;
    const newText = `new URL(${url.source})`;
    yield finding(server, url.range, 'warning', message, {
      title: 'Wrap it in `new URL(...)`',
      edits: [{ file: server.file, range: url.range, newText }],
      preferred: true,
    });
  }
  if (command !== undefined && asksBeforeItInstalls(command)) {
    const message = `${name} is run by \`npx\` without \`-y\`: should it ask before it installs the package, nobody can answer.`;
    yield finding(server, command.range, 'hint', message, {
      title: 'Add `-y`',
      edits: command.withYes === undefined ? [] : [command.withYes],
      preferred: true,
    });
  }
}

/** `npx` and then a package, as far as that is written out; `--no-install` and the like leave nothing to ask. */
function asksBeforeItInstalls({ text, args, withYes }: McpCommand): boolean {
  if (text !== 'npx' || args === undefined || withYes === undefined) return false;
  const [first] = args;
  return first !== undefined && !first.startsWith('-');
}

function finding(server: McpConnectionFact, range: Range, severity: Severity, message: string, fix?: Fix): Finding {
  return {
    rule: 'mcp-server-config',
    severity,
    message,
    file: server.file,
    range,
    related: [],
    fixes: fix === undefined ? [] : [fix],
    workflow: undefined,
    address: undefined,
  };
}
