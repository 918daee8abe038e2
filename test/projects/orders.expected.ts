/** What each workflow of the sample project `orders` does when it runs: for tests of the model, the graph and the runner. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the sample project, absolute. */
export const ordersFolder = fileURLToPath(new URL('orders', import.meta.url));

/** The project's Mastra entry, absolute. */
export const ordersEntry = path.join(ordersFolder, 'src/mastra/index.ts');

export interface ExpectedWorkflow {
  /** The workflow's `id`. */
  readonly id: string;
  /** The name under which its own file exports it. */
  readonly exportName: string;
  /** The variable it is declared as; undefined for a default export without a name. */
  readonly declaredName: string | undefined;
  /** Its file, relative to `src/mastra/workflows`. */
  readonly file: string;
  /** Its key in `new Mastra({ workflows })`; undefined when it is only nested in others. */
  readonly registeredAs: string | undefined;
  /** An input that its schema accepts. */
  readonly input: unknown;
  readonly outcome: ExpectedOutcome;
}

export type ExpectedOutcome =
  | { readonly status: 'success'; readonly result: unknown }
  /** Messages of the error and of its causes, outermost first. */
  | { readonly status: 'failed'; readonly step: string; readonly messages: readonly string[] }
  | {
      readonly status: 'suspended';
      readonly step: string;
      readonly payload: unknown;
      readonly resumeData: unknown;
      readonly resumed: { readonly status: 'success'; readonly result: unknown };
    };

const shipTo = {
  name: 'Ada Jansen',
  street: 'Keizersgracht 12',
  postalCode: '1015 CS',
  city: 'Amsterdam',
  country: 'NL',
};

const order = {
  orderId: '1001',
  customerEmail: 'ada@example.com',
  lines: [
    { sku: 'MUG-01', quantity: 2 },
    { sku: 'BOOK-12', quantity: 1 },
  ],
  shipTo,
};

export const expectedWorkflows: readonly ExpectedWorkflow[] = [
  {
    id: 'answer-customer',
    exportName: 'answerCustomerWorkflow',
    declaredName: 'answerCustomerWorkflow',
    file: 'answer-customer.ts',
    registeredAs: 'answerCustomerWorkflow',
    input: { customerEmail: 'ada@example.com', question: 'Where is my parcel?' },
    outcome: {
      status: 'success',
      result: {
        answer: 'Thank you for your message. Your parcel is on its way and should arrive on Friday.',
        sent: true,
      },
    },
  },
  {
    id: 'approve-refund',
    exportName: 'approveRefundWorkflow',
    declaredName: 'approveRefundWorkflow',
    file: 'approve-refund.ts',
    registeredAs: 'approveRefundWorkflow',
    input: { orderId: '1001', amountCents: 2980 },
    outcome: {
      status: 'suspended',
      step: 'await-approval',
      payload: { question: 'Refund €27.30 for order 1001?', payoutCents: 2730 },
      resumeData: { approved: true, approvedBy: 'Mara' },
      resumed: { status: 'success', result: { orderId: '1001', paidCents: 2730 } },
    },
  },
  {
    id: 'charge-card',
    exportName: 'chargeCardWorkflow',
    declaredName: 'chargeCardWorkflow',
    file: 'charge-card.ts',
    registeredAs: 'chargeCardWorkflow',
    input: { orderId: '1001', totalCents: 3870, cardNumber: '4000000000000002' },
    outcome: {
      status: 'failed',
      step: 'charge',
      messages: ['Could not charge order 1001', 'The gateway answered 402 card_declined'],
    },
  },
  {
    id: 'check-availability',
    exportName: 'checkAvailabilityWorkflow',
    declaredName: 'checkAvailabilityWorkflow',
    file: 'check-availability.ts',
    registeredAs: 'checkAvailabilityWorkflow',
    input: { sku: 'LAMP-07', quantity: 5 },
    outcome: { status: 'success', result: { source: 'supplier', days: 4 } },
  },
  {
    id: 'classify-return',
    exportName: 'classifyReturnWorkflow',
    declaredName: 'classifyReturnWorkflow',
    file: 'classify-return.ts',
    registeredAs: 'classifyReturnWorkflow',
    input: { orderId: '1001', reason: 'changed-mind', daysSinceDelivery: 12 },
    outcome: { status: 'success', result: { 'refund-item': { refundPercent: 100 } } },
  },
  {
    id: 'collect-payment',
    exportName: 'collectPaymentWorkflow',
    declaredName: 'collectPaymentWorkflow',
    file: 'collect-payment.ts',
    registeredAs: 'collectPaymentWorkflow',
    input: { orderId: '1001', totalCents: 12000 },
    outcome: { status: 'success', result: { orderId: '1001', openCents: 0, attempts: 3, authorised: true } },
  },
  {
    id: 'deliver-order',
    exportName: 'deliverOrderWorkflow',
    declaredName: 'deliverOrderWorkflow',
    file: 'deliver-order.ts',
    registeredAs: 'deliverOrderWorkflow',
    input: order,
    outcome: { status: 'success', result: { orderTracking: 'TRK-1001', presentTracking: 'TRK-1001-present' } },
  },
  {
    id: 'describe-product',
    exportName: 'productCopyWorkflow',
    declaredName: 'describeProductWorkflow',
    file: 'describe-product.ts',
    registeredAs: 'productCopyWorkflow',
    input: { sku: 'MUG-01' },
    outcome: {
      status: 'success',
      result: { description: 'A mug that keeps its warmth, thrown and glazed by hand.', words: 11 },
    },
  },
  {
    id: 'fulfil-order',
    exportName: 'fulfilOrderWorkflow',
    declaredName: 'fulfilOrderWorkflow',
    file: 'fulfil-order.ts',
    registeredAs: 'fulfilOrderWorkflow',
    input: { orderId: '1001', weightGrams: 970 },
    outcome: { status: 'success', result: { orderId: '1001', trackingNumber: 'TRK-1001', pickedUp: true } },
  },
  {
    id: 'import-orders',
    exportName: 'importOrdersWorkflow',
    declaredName: 'importOrdersWorkflow',
    file: 'import-orders.ts',
    registeredAs: 'importOrdersWorkflow',
    input: { csv: 'M-1;19.90\nM-2;0\nM-3;5.25\nM-4;100\nM-5;12' },
    outcome: { status: 'success', result: { imported: 4, skipped: 1, totalCents: 13715 } },
  },
  {
    id: 'issue-invoice',
    exportName: 'issueInvoiceWorkflow',
    declaredName: 'issueInvoiceWorkflow',
    file: 'issue-invoice.ts',
    registeredAs: 'issueInvoiceWorkflow',
    input: { orderId: '1001', netCents: 10000 },
    outcome: { status: 'success', result: { invoiceId: 'INV-1001', pages: 1 } },
  },
  {
    id: 'pack-parcel',
    exportName: 'packParcelWorkflow',
    declaredName: 'packParcelWorkflow',
    file: 'pack-parcel.ts',
    registeredAs: undefined,
    input: { orderId: '1001', weightGrams: 970 },
    outcome: { status: 'success', result: { orderId: '1001', weightGrams: 1120, trackingNumber: 'TRK-1001' } },
  },
  {
    id: 'place-order',
    exportName: 'placeOrderWorkflow',
    declaredName: 'placeOrderWorkflow',
    file: 'place-order.ts',
    registeredAs: 'placeOrderWorkflow',
    input: { ...order, coupon: 'WELCOME10' },
    outcome: { status: 'success', result: { bookingId: 'B-1001', sent: true } },
  },
  {
    id: 'quote-shipping',
    exportName: 'default',
    declaredName: undefined,
    file: 'quote-shipping.ts',
    registeredAs: 'quoteShippingWorkflow',
    input: { country: 'NL', weightGrams: 2500 },
    outcome: { status: 'success', result: { amount: 8.37, currency: 'CHF' } },
  },
  {
    id: 'reconcile-books',
    exportName: 'reconcileBooksWorkflow',
    declaredName: 'reconcileBooksWorkflow',
    file: 'reconcile-books.ts',
    registeredAs: 'reconcileBooksWorkflow',
    input: { day: '2026-03-31' },
    outcome: { status: 'success', result: { day: '2026-03-31', open: 0 } },
  },
  {
    id: 'remind-customer',
    exportName: 'remindCustomerWorkflow',
    declaredName: 'remindCustomerWorkflow',
    file: 'remind-customer.ts',
    registeredAs: 'remindCustomerWorkflow',
    input: { invoiceId: 'INV-1001', customerEmail: 'ada@example.com' },
    outcome: { status: 'success', result: { sent: true } },
  },
  {
    id: 'reserve-stock',
    exportName: 'reserveStockWorkflow',
    declaredName: 'reserveStockWorkflow',
    file: 'reserve-stock.ts',
    registeredAs: 'reserveStockWorkflow',
    input: {
      lines: [
        { sku: 'MUG-01', quantity: 2 },
        { sku: 'LAMP-07', quantity: 9 },
        { sku: 'BOOK-12', quantity: 1 },
      ],
    },
    outcome: { status: 'success', result: { complete: false, reserved: ['MUG-01', 'BOOK-12'] } },
  },
  {
    id: 'route-order',
    exportName: 'routeOrderWorkflow',
    declaredName: 'routeOrderWorkflow',
    file: 'route-order.ts',
    registeredAs: 'carrierRouting',
    input: { orderId: '1001', totalCents: 72000, express: false },
    outcome: { status: 'success', result: { carrier: 'insured parcel', cutOff: '14:00' } },
  },
  {
    id: 'screen-order',
    exportName: 'screenOrderWorkflow',
    declaredName: 'screening',
    file: 'screen-order.ts',
    registeredAs: 'screenOrderWorkflow',
    input: { orderId: '1001', totalCents: 38700, country: 'NL' },
    outcome: { status: 'success', result: { score: 59, accepted: true } },
  },
];
