/** An agent or workflow that an `MCPServer` offers without a description: the server cannot be made. */
import { factsOf } from '../../../../common/model/facts/index.ts';
import type { Rule } from '../rule.ts';
import { capital, code } from '../wording.ts';

export const mcpMissingDescription: Rule = {
  id: 'mcp-missing-description',
  summary: 'An agent or workflow that an `MCPServer` offers has no description.',
  *check(project) {
    for (const { file, range, exposed, key, description, definition } of factsOf(project, 'mcp-exposure')) {
      const what = description === 'empty' ? 'an empty description' : 'no description';
      yield {
        rule: 'mcp-missing-description',
        severity: 'error',
        message: `${capital(exposed)} ${code(key)} has ${what}, so \`new MCPServer\` throws: its description is what tells a model when to use it.`,
        file,
        range,
        related: [{ ...definition, message: 'It is made here' }],
        fixes: [],
        workflow: undefined,
        address: undefined,
      };
    }
  },
};
