/** What the panel knows of replay. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { PanelToReplay, ReplayToPanel } from '../../../common/protocol/replay.ts';
import type { Moment, NodeRun } from '../../../common/replay/moment.ts';
import type { RunStatus } from '../../../common/runlog/events.ts';

export interface ReplayEvents {
  readonly post: (message: PanelToReplay) => void;
  /** Another moment, another run, or another drawing: all is drawn again. */
  readonly onChange: () => void;
  /** A row of the step list was chosen; undefined for a step that the drawing does not have. */
  readonly onSelect: (node: EntryAddress | undefined) => void;
  readonly onCopy: (text: string, what: string) => void;
  readonly announce: (text: string) => void;
  /** Pixels that the list of steps may take, as was chosen before. */
  readonly stepsHeight: number | undefined;
  readonly onStepsHeight: () => void;
}

export interface ReplayView {
  readonly selected: EntryAddress | undefined;
  /** What the run does to the selected node. */
  readonly run: NodeRun | undefined;
}

export interface Replay {
  /** Under the drawing: time line and step list. */
  readonly dock: HTMLElement;
  /** Above the drawing, while the source is not what it was. */
  readonly changes: HTMLElement;
  /** In the details of a node. */
  readonly pane: HTMLElement;
  receive(message: ReplayToPanel): void;
  /** The workflow as the source is now. */
  setSource(model: GraphModel | undefined): void;
  /** The workflow that is to be drawn: as it is now, or as it was when it ran. */
  model(): GraphModel | undefined;
  /** Undefined while no run is shown. */
  moment(): Moment | undefined;
  /** Of the run by now, whatever moment of it is shown. */
  status(): RunStatus | undefined;
  /** True while the newest moment is shown. */
  isAtEnd(): boolean;
  /** Milliseconds since the epoch at the moment that is shown. */
  now(): number;
  /** True while the run goes on and is shown as it does. */
  isLive(): boolean;
  draw(view: ReplayView): void;
  /** As it was chosen by now. */
  stepsHeight(): number | undefined;
  /** The theme has changed. */
  repaint(): void;
}
