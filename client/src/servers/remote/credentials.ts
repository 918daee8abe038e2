/** What a remote server wants to see before it lets us in. Lives in SecretStorage, and in the requests to that server. */
import type * as vscode from 'vscode';
import * as z from 'zod/mini';

export interface Credentials {
  /** Sent as `Authorization: Bearer ...`. */
  readonly token: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

export const noCredentials: Credentials = { token: undefined, headers: {} };

export interface CredentialStore {
  /** What was given for the server with this id; nothing when nothing was. */
  read(id: string): Promise<Credentials>;
  write(id: string, credentials: Credentials): Promise<void>;
  forget(id: string): Promise<void>;
}

const storedSchema = z.object({ token: z.optional(z.string()), headers: z.record(z.string(), z.string()) });

export function createCredentialStore(
  secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>,
): CredentialStore {
  const key = (id: string): string => `mastra.server.${id}`;
  return {
    async read(id) {
      const text = await secrets.get(key(id));
      return text === undefined ? noCredentials : parse(text);
    },
    async write(id, credentials) {
      if (isEmpty(credentials)) await secrets.delete(key(id));
      else await secrets.store(key(id), JSON.stringify(credentials));
    },
    async forget(id) {
      await secrets.delete(key(id));
    },
  };
}

function parse(text: string): Credentials {
  try {
    const parsed = storedSchema.safeParse(JSON.parse(text));
    return parsed.success ? { token: parsed.data.token, headers: parsed.data.headers } : noCredentials;
  } catch {
    return noCredentials;
  }
}

export function isEmpty({ token, headers }: Credentials): boolean {
  return token === undefined && Object.keys(headers).length === 0;
}

/** As they are sent. A header named Authorization wins over the token. */
export function headersOf({ token, headers }: Credentials): Readonly<Record<string, string>> {
  const own = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  return { ...(token === undefined || own ? {} : { Authorization: `Bearer ${token}` }), ...headers };
}

/** A pasted token: also the whole header, `Authorization: Bearer x` or `Bearer x`. Empty for none. */
export function readToken(text: string): string {
  return text
    .trim()
    .replace(/^authorization:\s*/i, '')
    .replace(/^bearer\s+/i, '');
}

export function tokenProblem(text: string): string | undefined {
  return /^[\x21-\x7e]*$/.test(readToken(text)) ? undefined : 'A token has no spaces and only plain characters.';
}

/** `Name: value; Other: value` as headers; a problem in words when it is not that. The words hold no value. */
export function parseHeaders(
  text: string,
):
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'problem'; readonly text: string } {
  const headers: Record<string, string> = {};
  for (const part of text.split(';').filter((each) => each.trim() !== '')) {
    const match = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*([\x20-\x7e]*?)\s*$/.exec(part);
    const [, name, value] = match ?? [];
    if (name === undefined || value === undefined || value === '')
      return { kind: 'problem', text: 'Write headers as Name: value, with a semicolon between them.' };
    headers[name] = value;
  }
  return { kind: 'headers', headers };
}
