interface Product {
  name: string;
  priceCents: number;
  weightGrams: number;
  stock: { warehouse: number; store: number; supplier: number };
}

// A copy of what the shop's backend answers; a real project would call it here.
const products: Record<string, Product> = {
  'MUG-01': {
    name: 'Stoneware mug',
    priceCents: 1490,
    weightGrams: 380,
    stock: { warehouse: 40, store: 6, supplier: 200 },
  },
  'LAMP-07': {
    name: 'Desk lamp',
    priceCents: 5900,
    weightGrams: 1450,
    stock: { warehouse: 3, store: 0, supplier: 25 },
  },
  'BOOK-12': {
    name: 'Notebook, dotted',
    priceCents: 890,
    weightGrams: 210,
    stock: { warehouse: 120, store: 15, supplier: 500 },
  },
};

export function findProduct(sku: string): Product {
  const product = products[sku];
  if (!product) {
    throw new Error(`There is no product ${sku}`);
  }
  return product;
}

export const stockOf = (sku: string, place: keyof Product['stock']) => findProduct(sku).stock[place];
