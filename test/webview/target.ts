/** The workflow that panels in tests belong to. */
export const target = { uri: 'file:///project/orders.ts', key: 'orders.ts#orders', title: 'orders' } as const;
