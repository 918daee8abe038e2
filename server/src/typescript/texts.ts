/** Reads the names in a syntax tree quickly: the tree decodes a name anew at every look at it, and analysis looks often. */
import type { Project } from 'typescript/unstable/async';

/** What the client of the TypeScript API decodes the texts of its trees with. */
interface Decoder {
  decode(bytes: Uint8Array): string;
}

/** Bytes up to which reading them one by one is quicker than the decoder of the platform. */
const shortText = 48;

/** Has the trees of a program read short ASCII texts without the general decoder; it reads all others. */
export function quickenTexts(project: Project): void {
  const program: unknown = project.program;
  if (!holdsDecoder(program)) return;
  const general = program.decoder;
  program.decoder = { decode: (bytes) => asciiText(bytes) ?? general.decode(bytes) };
}

function asciiText(bytes: Uint8Array): string | undefined {
  if (bytes.length > shortText) return undefined;
  let text = '';
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte > 127) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** The field is private to the client, and the version of the client is pinned. */
function holdsDecoder(program: unknown): program is { decoder: Decoder } {
  return typeof program === 'object' && program !== null && 'decoder' in program;
}
