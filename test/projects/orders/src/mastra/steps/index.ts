export { sendEmail } from './notifications';
export * from './pricing';
export { checkStore, checkSupplier, checkWarehouse } from './stock';
export { validateOrder } from './validate-order';
