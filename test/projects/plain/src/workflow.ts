export interface Step<I, O> {
  id: string;
  run(input: I): O;
}

export class Workflow<I, O> {
  readonly id: string;
  readonly steps: readonly Step<never, unknown>[];

  constructor(id: string, steps: readonly Step<never, unknown>[]) {
    this.id = id;
    this.steps = steps;
  }

  then<N>(step: Step<O, N>): Workflow<I, N> {
    return new Workflow<I, N>(this.id, [...this.steps, step]);
  }
}

export const createStep = <I, O>(step: Step<I, O>): Step<I, O> => step;

export const createWorkflow = <I>(options: { id: string }): Workflow<I, I> => new Workflow<I, I>(options.id, []);
