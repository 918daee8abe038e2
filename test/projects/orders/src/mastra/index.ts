import { Mastra } from '@mastra/core/mastra';
import { LibSQLStore } from '@mastra/libsql';
import { PinoLogger } from '@mastra/loggers';
import { copywriterAgent } from './agents/copywriter-agent';
import { supportAgent } from './agents/support-agent';
import { shopServer } from './mcp/shop-server';
import { convertCurrencyTool } from './tools/convert-currency';
import { shippingRatesTool } from './tools/shipping-rates';
import {
  answerCustomerWorkflow,
  approveRefundWorkflow,
  chargeCardWorkflow,
  checkAvailabilityWorkflow,
  classifyReturnWorkflow,
  collectPaymentWorkflow,
  deliverOrderWorkflow,
  fulfilOrderWorkflow,
  importOrdersWorkflow,
  issueInvoiceWorkflow,
  placeOrderWorkflow,
  productCopyWorkflow,
  quoteShippingWorkflow,
  reconcileBooksWorkflow,
  remindCustomerWorkflow,
  reserveStockWorkflow,
  routeOrderWorkflow,
  screenOrderWorkflow,
} from './workflows';

export const mastra = new Mastra({
  storage: new LibSQLStore({
    id: 'orders-storage',
    url: process.env.DATABASE_URL ?? 'file:./orders.db',
  }),
  logger: new PinoLogger({ name: 'orders', level: 'warn' }),
  agents: { supportAgent, copywriterAgent },
  tools: { shippingRatesTool, convertCurrencyTool },
  mcpServers: { shopServer },
  workflows: {
    answerCustomerWorkflow,
    approveRefundWorkflow,
    chargeCardWorkflow,
    checkAvailabilityWorkflow,
    classifyReturnWorkflow,
    collectPaymentWorkflow,
    deliverOrderWorkflow,
    fulfilOrderWorkflow,
    importOrdersWorkflow,
    issueInvoiceWorkflow,
    placeOrderWorkflow,
    productCopyWorkflow,
    quoteShippingWorkflow,
    reconcileBooksWorkflow,
    remindCustomerWorkflow,
    reserveStockWorkflow,
    // The shop's back office asks for it under this name
    carrierRouting: routeOrderWorkflow,
    screenOrderWorkflow,
  },
});
