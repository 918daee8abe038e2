/** Versions of @mastra/core, compared by what Mastra's behaviour depends on: major and minor. */

/** True for `0.17.0`, `0.17.0-beta.1` and everything later, given 0 and 17. A version that cannot be read counts as the newest. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const match = /^v?(\d+)\.(\d+)/.exec(version);
  if (match === null) return true;
  const [actualMajor, actualMinor] = [Number(match[1]), Number(match[2])];
  return actualMajor > major || (actualMajor === major && actualMinor >= minor);
}
