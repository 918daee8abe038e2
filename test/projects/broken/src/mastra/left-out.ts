/** Not registered, because some of them would keep the server from starting; named here, so that they count as used. */
import { answerWorkflow } from './workflows/after-agent';
import { returnWorkflow } from './workflows/after-branch';
import { trackingWorkflow } from './workflows/after-foreach';
import { confirmationWorkflow } from './workflows/after-map-object';
import { postageWorkflow } from './workflows/after-map-template';
import { insuredShippingWorkflow } from './workflows/after-nested';
import { screeningWorkflow } from './workflows/after-parallel';
import { reminderWorkflow } from './workflows/after-sleep';
import { shippingCostWorkflow } from './workflows/after-tool';
import { mailWorkflow } from './workflows/agent-call-input';
import { questionWorkflow } from './workflows/agent-input';
import { routeWorkflow } from './workflows/branch-child';
import { claimWorkflow as claimBranchOfStepsWorkflow } from './workflows/branch-of-steps';
import { cancelWorkflow } from './workflows/commit-later-chain';
import { handoverWorkflow } from './workflows/commit-nested';
import { depotWorkflow } from './workflows/deep-field';
import { reviewWorkflow } from './workflows/duplicate-in-branch';
import { notifyWorkflow } from './workflows/duplicate-in-parallel';
import { releaseWorkflow } from './workflows/duplicate-of-two-steps';
import { importWorkflow } from './workflows/foreach-element';
import { reservationWorkflow } from './workflows/foreach-not-an-array';
import { archiveWorkflow } from './workflows/imported-step';
import { priceWorkflow } from './workflows/input-to-first-step';
import { pollingWorkflow } from './workflows/loop-again';
import { paymentWorkflow } from './workflows/loop-first-time';
import { pollWorkflow } from './workflows/loop-without-end';
import { shipWorkflow } from './workflows/nested-input';
import { invoiceWorkflow } from './workflows/optional-field';
import { bookingWorkflow } from './workflows/output-after-rename';
import { categoryWorkflow } from './workflows/output-of-foreach';
import { stockCountWorkflow } from './workflows/output-of-last-step';
import { claimWorkflow as claimOutputOfLaterChainWorkflow } from './workflows/output-of-later-chain';
import { totalWorkflow } from './workflows/output-of-map';
import { productWorkflow } from './workflows/output-of-parallel';
import { quoteWorkflow as quoteOutputOfStepWorkflow } from './workflows/output-of-step';
import { stockWorkflow } from './workflows/parallel-child';
import { requestWorkflow } from './workflows/tool-call-input';
import { quoteWorkflow as quoteToolInputWorkflow } from './workflows/tool-input';

export const leftOut = [
  answerWorkflow,
  returnWorkflow,
  trackingWorkflow,
  confirmationWorkflow,
  postageWorkflow,
  insuredShippingWorkflow,
  screeningWorkflow,
  reminderWorkflow,
  shippingCostWorkflow,
  mailWorkflow,
  questionWorkflow,
  routeWorkflow,
  claimBranchOfStepsWorkflow,
  cancelWorkflow,
  handoverWorkflow,
  depotWorkflow,
  reviewWorkflow,
  notifyWorkflow,
  releaseWorkflow,
  importWorkflow,
  reservationWorkflow,
  archiveWorkflow,
  priceWorkflow,
  pollingWorkflow,
  paymentWorkflow,
  pollWorkflow,
  shipWorkflow,
  invoiceWorkflow,
  bookingWorkflow,
  categoryWorkflow,
  stockCountWorkflow,
  claimOutputOfLaterChainWorkflow,
  totalWorkflow,
  productWorkflow,
  quoteOutputOfStepWorkflow,
  stockWorkflow,
  requestWorkflow,
  quoteToolInputWorkflow,
];
