import { z } from 'zod';

export const orderLineSchema = z.object({
  sku: z.string().describe('Article number, e.g. MUG-01'),
  quantity: z.number().int().min(1),
});

export const addressSchema = z.object({
  name: z.string(),
  street: z.string(),
  postalCode: z.string(),
  city: z.string(),
  country: z.enum(['AT', 'DE', 'NL']),
});

export const orderSchema = z.object({
  orderId: z.string().describe('Order number'),
  customerEmail: z.email(),
  lines: z.array(orderLineSchema).min(1),
  shipTo: addressSchema,
});

export const pricedOrderSchema = z.object({
  orderId: z.string(),
  subtotalCents: z.number(),
  discountCents: z.number(),
  totalCents: z.number(),
});

export const parcelSchema = z.object({
  orderId: z.string(),
  weightGrams: z.number(),
});

export const labelledParcelSchema = parcelSchema.extend({
  trackingNumber: z.string(),
});

export const notificationSchema = z.object({
  to: z.string(),
  text: z.string(),
});

export type Order = z.infer<typeof orderSchema>;
