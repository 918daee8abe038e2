/** VS Code's side of the page. */
import type { PanelSavedState, PanelToHost } from '../../common/protocol/panel.ts';

declare function acquireVsCodeApi(): Host;

export interface Host {
  postMessage(message: PanelToHost): void;
  getState(): PanelSavedState | undefined;
  setState(state: PanelSavedState): void;
}

/** May be called once for each page. */
export function acquireHost(): Host {
  return acquireVsCodeApi();
}
