import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { formatCents } from '../lib/money';

const refundSchema = z.object({
  orderId: z.string(),
  amountCents: z.number().int().positive(),
});

const calculateRefund = createStep({
  id: 'calculate-refund',
  inputSchema: refundSchema,
  outputSchema: refundSchema.extend({ feeCents: z.number() }),
  execute: async ({ inputData }) => ({ ...inputData, feeCents: inputData.amountCents > 10_000 ? 0 : 250 }),
});

const awaitApproval = createStep({
  id: 'await-approval',
  description: 'A person of the accounts department decides',
  inputSchema: calculateRefund.outputSchema,
  outputSchema: z.object({ orderId: z.string(), payoutCents: z.number(), approvedBy: z.string() }),
  suspendSchema: z.object({ question: z.string(), payoutCents: z.number() }),
  resumeSchema: z.object({ approved: z.boolean(), approvedBy: z.string().min(1) }),
  execute: async ({ inputData, resumeData, suspend }) => {
    const payoutCents = inputData.amountCents - inputData.feeCents;
    if (!resumeData) {
      return suspend(
        { question: `Refund ${formatCents(payoutCents)} for order ${inputData.orderId}?`, payoutCents },
        { resumeLabel: 'refund-approval' },
      );
    }
    if (!resumeData.approved) {
      throw new Error(`${resumeData.approvedBy} declined the refund`);
    }
    return { orderId: inputData.orderId, payoutCents, approvedBy: resumeData.approvedBy };
  },
});

const payOut = createStep({
  id: 'pay-out',
  inputSchema: awaitApproval.outputSchema,
  outputSchema: z.object({ orderId: z.string(), paidCents: z.number() }),
  execute: async ({ inputData }) => {
    console.log(`paying ${formatCents(inputData.payoutCents)}, approved by ${inputData.approvedBy}`);
    return { orderId: inputData.orderId, paidCents: inputData.payoutCents };
  },
});

export const approveRefundWorkflow = createWorkflow({
  id: 'approve-refund',
  description: 'Refunds an order once a person has agreed',
  inputSchema: refundSchema,
  outputSchema: payOut.outputSchema,
})
  .then(calculateRefund)
  .then(awaitApproval)
  .then(payOut)
  .commit();
