/** A server of an `MCPClient` that it cannot connect to, or not in the way that is meant. */
import path from 'node:path';
import { factsOf, type McpConnectionFact } from '../../../../common/model/facts/index.ts';
import { packageRunBy } from '../../../../common/model/facts/mcp.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { Range } from '../../../../common/model/text.ts';
import type { Finding, Fix, Severity } from '../../../../common/protocol/rules.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const mcpServerConfig: Rule = {
  id: 'mcp-server-config',
  summary: 'A server of an `MCPClient` cannot be connected to as it is described.',
  *check(project) {
    for (const server of factsOf(project, 'mcp-connection')) yield* problemsOf(server, project);
  },
};

function* problemsOf(server: McpConnectionFact, project: ProjectModel): Iterable<Finding> {
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
  if (command?.withYes !== undefined && asksBeforeItInstalls(server, project)) {
    const message = `${name} is run by \`npx\` without \`-y\`: should it ask before it installs the package, nobody can answer.`;
    yield finding(server, command.range, 'hint', message, {
      title: 'Add `-y`',
      edits: [command.withYes],
      preferred: true,
    });
  }
}

/** `npx` and then a package that is not installed; `--no-install` and the like leave nothing to ask. */
function asksBeforeItInstalls({ file, command }: McpConnectionFact, project: ProjectModel): boolean {
  const run = packageRunBy(command);
  return run !== undefined && project.packages?.get(path.posix.dirname(file))?.has(run) !== true;
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
