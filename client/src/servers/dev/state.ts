/** The life of one `mastra dev` as data: its states, what happens to it, what is to be done about that. */
import type { BuildError } from '../../run/problem.ts';

export interface DevAddress {
  /** `http://127.0.0.1:4111` */
  readonly origin: string;
  /** `/api` unless the project says otherwise. */
  readonly apiPrefix: string;
  /** Where Studio is, absolute. */
  readonly studio: string;
}

/** What the running server has of the source. */
export type Freshness =
  | { readonly kind: 'current' }
  /** `file` was saved (undefined: something was, outside of this window) and the server has not started anew yet. */
  | {
      readonly kind: 'behind';
      readonly file: string | undefined;
      readonly since: number;
      /** We have looked at the source: it builds, and the file belongs to it. */
      readonly looked: boolean;
      /** That the source does not build was said before this save. */
      readonly told: boolean;
    }
  /** It will not start anew, because the source does not build. It says nothing about that itself. */
  | {
      readonly kind: 'broken';
      readonly file: string | undefined;
      readonly since: number;
      readonly errors: readonly BuildError[];
    }
  /** The source builds, but the server does not come with it. */
  | { readonly kind: 'stuck'; readonly file: string | undefined; readonly since: number };

interface Live {
  readonly address: DevAddress;
  /** Started by this window. */
  readonly owned: boolean;
  /** Changes with every start of the server's own process; undefined until it told. */
  readonly instance: string | undefined;
  readonly readyAt: number;
  readonly freshness: Freshness;
  /** When it began to bundle last; known of owned servers only. */
  readonly bundlingAt: number | undefined;
}

export type DevPhase = 'preparing' | 'bundling' | 'launching';

export type DevState =
  | { readonly kind: 'stopped' }
  /** `since`: of the phase. */
  | { readonly kind: 'starting'; readonly since: number; readonly phase: DevPhase }
  | ({ readonly kind: 'running' } & Live)
  /** The connection ended: it starts anew, or is dead. */
  | ({ readonly kind: 'reloading'; readonly since: number; readonly announced: boolean } & Live)
  /** `mastra dev` is there, its server is not. It starts again with the next file that is saved. */
  | ({ readonly kind: 'died'; readonly poisoned: boolean } & Pick<Live, 'owned'> & {
        /** Undefined when it never answered. */
        readonly address: DevAddress | undefined;
      })
  | { readonly kind: 'stopping' }
  /** Ended by itself, or could not be started. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface DevMachine {
  readonly state: DevState;
  /** How often in a row the server died within seconds of being ready. */
  readonly earlyDeaths: number;
}

export type DevEvent =
  | { readonly type: 'start'; readonly time: number }
  | { readonly type: 'phase'; readonly phase: DevPhase; readonly time: number }
  /** It answers. Also the way in for a server that was found. */
  | { readonly type: 'ready'; readonly time: number; readonly address: DevAddress; readonly owned: boolean }
  | { readonly type: 'bundling'; readonly time: number }
  | { readonly type: 'restarting'; readonly time: number }
  /** An exception ended a process, as Node prints it. */
  | { readonly type: 'crashed'; readonly time: number }
  /** The stream of refresh events opened. */
  | { readonly type: 'connected'; readonly time: number; readonly instance: string }
  /** It ended. */
  | { readonly type: 'dropped'; readonly time: number }
  | { readonly type: 'saved'; readonly time: number; readonly file: string }
  /** Somebody waits for the new code. */
  | { readonly type: 'wanted' }
  /** What our own bundler says of the source. `affected`: the file that was saved is part of it. */
  | { readonly type: 'built'; readonly errors: readonly BuildError[]; readonly affected: boolean }
  | { readonly type: 'tick'; readonly time: number }
  | { readonly type: 'stop' }
  /** The process of `mastra dev` ended. `reason` is for a person. */
  | { readonly type: 'exited'; readonly reason: string };

export type DevEffect =
  /** Build the source with our own bundler, and answer with `built`. */
  | { readonly kind: 'diagnose'; readonly file: string | undefined }
  | { readonly kind: 'say-broken'; readonly file: string | undefined; readonly errors: readonly BuildError[] }
  | { readonly kind: 'say-stuck'; readonly file: string | undefined }
  | { readonly kind: 'say-died'; readonly poisoned: boolean; readonly owned: boolean }
  | { readonly kind: 'say-exited'; readonly reason: string };
