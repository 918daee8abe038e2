/** Asks for a remote server, step by step: address, name, API prefix, authentication, where it is kept. */
import { defaultApiPrefix, parseServerUrl } from '../../run/http/address.ts';
import { askChoice, askText } from '../ask.ts';
import type { Answer, AskSurface, StepPlace } from '../ask.ts';
import { isEmpty, noCredentials, parseHeaders, readToken, tokenProblem } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { makeEntry, nameProblem, prefixProblem, urlProblem } from './entry.ts';
import type { RemoteEntry } from './entry.ts';
import type { RemotePlace } from './store.ts';

export interface RemoteDraft {
  readonly url: string;
  readonly name: string;
  readonly apiPrefix: string;
  readonly authentication: Authentication;
  readonly token: string;
  readonly headers: string;
  readonly place: RemotePlace;
}

type Authentication = 'none' | 'token' | 'headers' | 'keep';

export interface RemoteAnswer {
  readonly entry: RemoteEntry;
  /** Undefined when those that are kept already stay. */
  readonly credentials: Credentials | undefined;
  readonly place: RemotePlace;
}

export interface RemoteQuestion {
  /** The server that is edited; undefined for a new one. */
  readonly edited:
    { readonly entry: RemoteEntry; readonly credentials: Credentials; readonly place: RemotePlace } | undefined;
  /** Whether there is a workspace to keep a server in. */
  readonly hasWorkspace: boolean;
}

type Step = (draft: RemoteDraft, at: StepPlace) => Promise<Answer<Partial<RemoteDraft>>>;

/** Undefined when the author gave up. */
export async function askRemote(surface: AskSurface, question: RemoteQuestion): Promise<RemoteAnswer | undefined> {
  const { edited } = question;
  const title = edited === undefined ? 'Add Remote Server' : `Edit ${edited.entry.name}`;
  const draft = await conduct(stepsOf(surface, question), firstDraft(question), title);
  if (draft === undefined) return undefined;
  return {
    entry: makeEntry(draft.name, draft.url, draft.apiPrefix),
    credentials: credentialsOf(draft),
    place: draft.place,
  };
}

/** What another server of the author's wants to see. `known`: what it is shown now. Undefined when that stays, or the author gave up. */
export async function askCredentials(
  surface: AskSurface,
  title: string,
  known: Credentials,
): Promise<Credentials | undefined> {
  const first: RemoteDraft = { ...emptyDraft, authentication: isEmpty(known) ? 'none' : 'keep' };
  const draft = await conduct(
    credentialSteps(surface, () => !isEmpty(known)),
    first,
    title,
  );
  return draft === undefined ? undefined : credentialsOf(draft);
}

/** Asks step by step. What was typed stays when one goes back. */
async function conduct(
  steps: readonly WantedStep[],
  first: RemoteDraft,
  title: string,
): Promise<RemoteDraft | undefined> {
  let draft = first;
  const path: number[] = [];
  for (let index = 0; index < steps.length;) {
    const step = steps[index];
    if (step === undefined || !step.wanted(draft)) {
      index += 1;
      continue;
    }
    const wanted = steps.filter((each) => each.wanted(draft));
    const answer = await step.ask(draft, { title, step: wanted.indexOf(step) + 1, totalSteps: wanted.length });
    switch (answer.kind) {
      case 'gone':
        return undefined;
      case 'back':
        index = path.pop() ?? 0;
        break;
      case 'value':
        draft = { ...draft, ...answer.value };
        path.push(index);
        index += 1;
    }
  }
  return draft;
}

const emptyDraft: RemoteDraft = {
  url: '',
  name: '',
  apiPrefix: defaultApiPrefix,
  authentication: 'none',
  token: '',
  headers: '',
  place: 'user',
};

function firstDraft({ edited, hasWorkspace }: RemoteQuestion): RemoteDraft {
  return {
    url: edited?.entry.url ?? '',
    name: edited?.entry.name ?? '',
    apiPrefix: edited?.entry.apiPrefix ?? defaultApiPrefix,
    authentication: edited === undefined || isEmpty(edited.credentials) ? 'none' : 'keep',
    token: '',
    headers: '',
    place: edited?.place ?? (hasWorkspace ? 'workspace' : 'user'),
  };
}

interface WantedStep {
  readonly wanted: (draft: RemoteDraft) => boolean;
  readonly ask: Step;
}

function stepsOf(surface: AskSurface, { edited, hasWorkspace }: RemoteQuestion): readonly WantedStep[] {
  const always = (): boolean => true;
  return [
    {
      wanted: always,
      ask: async (draft, at) =>
        mapped(
          await askText(surface, {
            ...at,
            value: draft.url,
            prompt: 'The URL of the server, without the API prefix',
            placeholder: 'https://mastra.example.com',
            problem: urlProblem,
          }),
          (url) => ({ url, name: draft.name === '' ? (parseServerUrl(url.trim())?.host ?? '') : draft.name }),
        ),
    },
    {
      wanted: always,
      ask: async (draft, at) =>
        mapped(
          await askText(surface, {
            ...at,
            value: draft.name,
            prompt: 'A name for it, as shown in lists and messages',
            placeholder: 'Staging',
            problem: nameProblem,
          }),
          (name) => ({ name }),
        ),
    },
    {
      wanted: always,
      ask: async (draft, at) =>
        mapped(
          await askText(surface, {
            ...at,
            value: draft.apiPrefix === '' ? '/' : draft.apiPrefix,
            prompt: `Where its API is: ${defaultApiPrefix}, unless server.apiPrefix in new Mastra() says otherwise`,
            placeholder: defaultApiPrefix,
            problem: prefixProblem,
          }),
          (apiPrefix) => ({ apiPrefix: apiPrefix.trim() === '' ? defaultApiPrefix : apiPrefix.trim() }),
        ),
    },
    ...credentialSteps(surface, (draft) => keepable(edited, draft)),
    {
      wanted: () => edited === undefined && hasWorkspace,
      ask: async (draft, at) =>
        mapped(
          await askChoice<RemotePlace>(surface, {
            ...at,
            placeholder: 'Who shall see it in the list? Tokens and headers stay with you in any case.',
            active: draft.place,
            items: [
              {
                value: 'workspace',
                label: '$(root-folder) This workspace',
                detail: 'In .vscode/settings.json, which can be committed',
              },
              { value: 'user', label: '$(account) All my workspaces', detail: 'In the user settings' },
            ],
          }),
          (place) => ({ place }),
        ),
    },
  ];
}

function credentialSteps(surface: AskSurface, keep: (draft: RemoteDraft) => boolean): readonly WantedStep[] {
  return [
    { wanted: () => true, ask: (draft, at) => askAuthentication(surface, draft, at, keep(draft)) },
    {
      wanted: ({ authentication }) => authentication === 'token',
      ask: async (draft, at) =>
        mapped(
          await askText(surface, {
            ...at,
            value: draft.token,
            prompt: 'The token. It is kept in the secret storage of VS Code, and sent to this server only.',
            password: true,
            problem: (text) => (readToken(text) === '' ? 'Paste the token.' : tokenProblem(text)),
          }),
          (token) => ({ token }),
        ),
    },
    {
      wanted: ({ authentication }) => authentication === 'headers',
      ask: async (draft, at) =>
        mapped(
          await askText(surface, {
            ...at,
            value: draft.headers,
            prompt:
              'Headers, as Name: value; Other: value. They are kept in the secret storage of VS Code, and sent to this server only.',
            password: true,
            problem: headersProblem,
          }),
          (headers) => ({ headers }),
        ),
    },
  ];
}

/** A token that was given for one address is not offered for another one. */
function keepable(edited: RemoteQuestion['edited'], draft: RemoteDraft): boolean {
  return (
    edited !== undefined &&
    !isEmpty(edited.credentials) &&
    makeEntry(draft.name, draft.url, draft.apiPrefix).id === edited.entry.id
  );
}

async function askAuthentication(
  surface: AskSurface,
  draft: RemoteDraft,
  at: StepPlace,
  keep: boolean,
): Promise<Answer<Partial<RemoteDraft>>> {
  const active = draft.authentication === 'keep' && !keep ? 'none' : draft.authentication;
  return mapped(
    await askChoice<Authentication>(surface, {
      ...at,
      placeholder: 'How does the server know that you may use it?',
      active,
      items: [
        ...(keep
          ? [{ value: 'keep' as const, label: '$(check) As before', detail: 'The token or headers that are kept' }]
          : []),
        { value: 'none', label: '$(unlock) It does not ask' },
        { value: 'token', label: '$(key) A token', detail: 'Sent as Authorization: Bearer …' },
        {
          value: 'headers',
          label: '$(list-flat) Other headers',
          detail: 'For example Authorization: Basic …, or those of a proxy',
        },
      ],
    }),
    (authentication) => ({ authentication }),
  );
}

function headersProblem(text: string): string | undefined {
  const parsed = parseHeaders(text);
  if (parsed.kind === 'problem') return parsed.text;
  return Object.keys(parsed.headers).length === 0 ? 'Write at least one header, as Name: value.' : undefined;
}

function credentialsOf(draft: RemoteDraft): Credentials | undefined {
  switch (draft.authentication) {
    case 'keep':
      return undefined;
    case 'none':
      return noCredentials;
    case 'token':
      return { token: readToken(draft.token), headers: {} };
    case 'headers': {
      const parsed = parseHeaders(draft.headers);
      return { token: undefined, headers: parsed.kind === 'headers' ? parsed.headers : {} };
    }
  }
}

function mapped<T, U>(answer: Answer<T>, map: (value: T) => U): Answer<U> {
  return answer.kind === 'value' ? { kind: 'value', value: map(answer.value) } : answer;
}
