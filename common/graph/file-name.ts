/** Names of files for workflows. Pure. */

const longest = 100;

/** Device names of Windows, with or without an extension. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** `title` as the beginning of a file name that every system takes; `workflow` where nothing of it can stay. */
export function fileNameOf(title: string): string {
  const name = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  const cut = Array.from(name).slice(0, longest).join('');
  if (cut === '') return 'workflow';
  return reserved.test(cut) ? `workflow-${cut}` : cut;
}

/** One name for each title, in their order: those that some system would take for the same get a number. */
export function distinctFileNames(titles: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return titles.map((title) => {
    const base = fileNameOf(title);
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}-${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
