/** Amounts are in euro cents everywhere, so that nothing is lost in rounding. */
export const formatCents = (cents: number) => `€${(cents / 100).toFixed(2)}`;

export const percentOf = (cents: number, percent: number) => Math.round((cents * percent) / 100);
