export { reserveStock, releaseStock } from './stock';
export { stockAuditWorkflow } from './stock-audit';
