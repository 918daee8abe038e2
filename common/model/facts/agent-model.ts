/** A model that is named by a string where Mastra takes a model: of an agent, a scorer, a processor. */
import type { FactBase } from './base.ts';

/** `file` and `range` are those of the text between the quotes, which may stand in another file than the agent. */
export interface AgentModelFact extends FactBase {
  readonly kind: 'agent-model';
  readonly model: string;
  /** False where a condition or a function decides whether this is the model. */
  readonly certain: boolean;
  /** True where the key or the headers are given beside the model, so that none is looked up. */
  readonly hasKey: boolean;
}

/** A place where models other than those of Mastra's registry may come in: a gateway of the project's own. */
export interface ModelGatewayFact extends FactBase {
  readonly kind: 'model-gateway';
}
