/** Runs in the panel, live and recorded: holds the run that is shown and the moment of it, and draws time line, step list and run pane. */
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { ShownRun } from '../../../common/protocol/replay.ts';
import { isSameWorkflow, sourceChanges } from '../../../common/replay/changes.ts';
import type { SourceChanges } from '../../../common/replay/changes.ts';
import type { Moment } from '../../../common/replay/moment.ts';
import type { RunIndex } from '../../../common/replay/run-index.ts';
import { element } from '../dom.ts';
import { createChangesBar } from './changes-bar.ts';
import type { DrawnSource } from './changes-bar.ts';
import { createComparing } from './comparing.ts';
import type { Replay, ReplayEvents, ReplayView } from './contract.ts';
import { createDock } from './dock.ts';
import { nodesOf } from './model-nodes.ts';
import { createPayloads } from './payloads.ts';
import type { WantedPayload } from './payloads.ts';
import { initialPlayer, play, shownEvent } from './player.ts';
import type { PlayerAction } from './player.ts';
import { createRecording } from './recording.ts';
import type { Recording } from './recording.ts';
import type { StepRow } from './rows.ts';
import { createRunPane } from './run-pane.ts';
import { createStepList } from './step-list.ts';
import { idsOf, nodesOfTarget, rowIdOf, targetsOf } from './targets.ts';
import type { Target } from './targets.ts';
import { createTimeline } from './timeline.ts';
import { eventText } from './words.ts';

export function createReplay(events: ReplayEvents): Replay {
  let shownRun: ShownRun | undefined;
  let recording: Recording | undefined;
  let source: GraphModel | undefined;
  let drawn: DrawnSource = 'now';
  let player = initialPlayer;
  let listed = true;
  let chosen: Target | undefined;
  let moment:
    { readonly of: RunIndex; readonly length: number; readonly event: number; readonly is: Moment } | undefined;
  let changes:
    { readonly length: number; readonly source: GraphModel; readonly is: SourceChanges | undefined } | undefined;
  let frame: number | undefined;
  let paneAsked = false;

  const payloads = createPayloads(
    (request, wanted) => {
      if (shownRun !== undefined) events.post({ type: 'payload', run: shownRun.number, request, ...wanted });
    },
    // Several values mostly come at once.
    () => {
      if (paneAsked) return;
      paneAsked = true;
      queueMicrotask(() => {
        paneAsked = false;
        drawPane();
        drawComparing();
      });
    },
  );
  const comparing = createComparing({
    onCopy: events.onCopy,
    onSelect(node) {
      chosen = undefined;
      events.onSelect(node);
    },
    onChange: events.onChange,
    onSeek: (event) => act({ type: 'seek', event }),
  });
  const timeline = createTimeline(comparing.button, {
    onPlayer: act,
    onList() {
      listed = !listed;
      events.onChange();
    },
  });
  const list = createStepList({ onSelect: selectRow });
  const dock = createDock(timeline.root, list.root, events.stepsHeight, events.onStepsHeight);
  const changesBar = createChangesBar((wanted) => {
    drawn = wanted;
    events.onChange();
  });
  const pane = createRunPane({
    onTarget(target) {
      chosen = target;
      list.reveal(rowIdOf(target), idsOf(target));
      events.onChange();
    },
    onCopy: events.onCopy,
    onOpenPayload({ event, item }, title) {
      if (shownRun !== undefined) events.post({ type: 'open-payload', run: shownRun.number, event, item, title });
    },
  });
  pane.root.append(comparing.values);
  let view: ReplayView = { selected: undefined, run: undefined };

  function act(action: PlayerAction): void {
    if (recording === undefined) return;
    const before = shownEvent(player, recording);
    const wasPlaying = player.playing;
    player = play(player, action, recording);
    const after = shownEvent(player, recording);
    if (player.playing && frame === undefined) frame = requestAnimationFrame((time) => tick(time, time));
    const event = recording.events[after];
    // What plays goes by too fast to be read out, and of the slider its own text is.
    const isSilent = player.playing || document.activeElement?.getAttribute('role') === 'slider';
    if (after !== before && action.type === 'step' && !isSilent && event !== undefined)
      events.announce(eventText(event));
    if (after !== before || wasPlaying !== player.playing || action.type === 'speed') events.onChange();
    else drawTimeline();
  }

  function tick(time: number, before: number): void {
    frame = undefined;
    if (!player.playing) return;
    frame = requestAnimationFrame((next) => tick(next, time));
    act({ type: 'tick', milliseconds: time - before });
  }

  function drawnModel(): GraphModel | undefined {
    return drawn === 'recorded' && shownRun?.drawing !== undefined ? shownRun.drawing : source;
  }

  function index(): RunIndex | undefined {
    const model = drawnModel();
    return recording === undefined || model === undefined ? undefined : recording.over(model.nodes);
  }

  function currentMoment(): Moment | undefined {
    const of = index();
    if (of === undefined || recording === undefined || recording.last < 0) return undefined;
    const event = shownEvent(player, recording);
    if (moment?.of !== of || moment.event !== event || moment.length !== of.length) {
      moment = { of, event, length: of.length, is: of.at(event) };
    }
    return moment.is;
  }

  function currentChanges(): SourceChanges | undefined {
    const recorded = shownRun?.drawing;
    if (recording === undefined || recorded === undefined || source === undefined) return undefined;
    // While a run goes on in a source that is the same there is nothing to compare.
    if (changes?.source === source && (changes.is === undefined || changes.length === recording.last))
      return changes.is;
    const is = isSameWorkflow(recorded.nodes, source.nodes)
      ? undefined
      : sourceChanges(
          { nodes: recorded.nodes, index: recording.over(recorded.nodes) },
          { nodes: source.nodes, index: recording.over(source.nodes) },
        );
    changes = { source, length: recording.last, is };
    return is;
  }

  function isLive(): boolean {
    return recording?.growing === true && player.position === 'end';
  }

  function now(): number {
    if (recording === undefined || isLive()) return Date.now();
    return recording.axis.clocks[shownEvent(player, recording)] ?? Date.now();
  }

  function drawTimeline(): void {
    if (recording === undefined) return;
    const { axis, growing } = recording;
    const length = growing ? Math.max(axis.length, axis.offsetOf(Date.now())) : axis.length;
    const shown = shownEvent(player, recording);
    const offset = player.position === 'end' && growing ? length : (axis.offsets[shown] ?? 0);
    timeline.update({ events: recording.events, axis, length, offset, player, shown, growing, listed });
    const of = index();
    if (!listed || of === undefined) return;
    const nodes = nodesOf(drawnModel());
    list.update({
      groups: of.occurrences.groups,
      version: of.length,
      shown,
      offsets: axis.offsets,
      length,
      offset,
      now: now(),
      nodeOf: (address) => nodes.get(address),
      selected: chosenRows(of),
    });
  }

  function chosenRows(of: RunIndex): readonly string[] {
    const target = view.selected === undefined ? undefined : targetOf(of);
    return target === undefined ? [] : [rowIdOf(target), ...idsOf(target)];
  }

  function targetOf(of: RunIndex): Target | undefined {
    if (recording === undefined || view.selected === undefined) return chosen;
    const targets = targetsOf(of, view.selected, shownEvent(player, recording));
    const { selected } = view;
    const wanted = chosen;
    const isKnown = wanted !== undefined && nodesOfTarget(wanted).includes(selected) && targets.indexOf(wanted) !== -1;
    return isKnown ? wanted : targets.at(targets.count - 1);
  }

  function drawPane(): void {
    const of = index();
    if (recording === undefined || of === undefined || view.selected === undefined) return;
    const shown = shownEvent(player, recording);
    pane.update({
      run: view.run,
      targets: targetsOf(of, view.selected, shown),
      target: targetOf(of),
      shown,
      events: recording.events,
      payload: (wanted) => payloads.get(wanted),
      now: now(),
    });
  }

  function drawComparing(): void {
    const of = index();
    const model = drawnModel();
    if (recording === undefined || of === undefined || model === undefined) {
      comparing.update(undefined);
      return;
    }
    const shown = shownEvent(player, recording);
    const { selected } = view;
    const target = selected === undefined ? undefined : targetOf(of);
    const payload = (wanted: WantedPayload) => payloads.get(wanted);
    comparing.update({ index: of, model, events: recording.events, shown, selected, target, payload });
  }

  function selectRow(row: StepRow): void {
    switch (row.kind) {
      case 'unknown':
        return;
      case 'group':
        chosen = undefined;
        events.onSelect(row.group.nodes[0]);
        return;
      case 'occurrence':
        chosen = { occurrence: row.occurrence, item: undefined };
        events.onSelect(row.occurrence.group.nodes[0]);
        return;
      case 'item':
        chosen = { occurrence: row.item.occurrence, item: row.item };
        events.onSelect(row.item.occurrence.group.nodes[0]);
    }
  }

  return {
    dock: dock.root,
    changes: element('div', {}, changesBar.root, comparing.bar),
    pane: pane.root,
    receive(message) {
      switch (message.type) {
        case 'run':
          shownRun = message.run;
          recording = message.run === undefined ? undefined : createRecording(message.run.source);
          player = { ...initialPlayer, speed: player.speed };
          chosen = undefined;
          comparing.clear();
          moment = undefined;
          changes = undefined;
          drawn = 'now';
          payloads.clear();
          events.onChange();
          return;
        case 'run-events':
          // A message about a run that was shown before is late.
          if (recording === undefined || message.run !== shownRun?.number) return;
          if (message.from !== recording.last + 1) return;
          recording.append(message.events);
          events.onChange();
          return;
        case 'payload':
          payloads.arrived(message.request, message.answer);
      }
    },
    setSource(model) {
      source = model;
    },
    model: drawnModel,
    moment: currentMoment,
    status: () => recording?.status,
    isAtEnd: () => player.position === 'end',
    now,
    isLive,
    draw(next) {
      view = next;
      const has = recording !== undefined && recording.last >= 0;
      dock.root.hidden = !has;
      pane.root.hidden = !has || next.selected === undefined;
      dock.setListed(listed);
      changesBar.update(has ? currentChanges() : undefined, drawn);
      drawTimeline();
      drawPane();
      drawComparing();
    },
    stepsHeight: () => dock.chosen(),
    repaint: () => timeline.repaint(),
  };
}
