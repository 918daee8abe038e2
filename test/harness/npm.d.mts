/** `npm <args>` in `cwd`: quiet, no install scripts, nothing taken over from the npm that started us. Throws with npm's own output. */
export function npm(args: readonly string[], cwd: string): void;
