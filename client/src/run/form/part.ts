/** The forms as a part of their own, `dist/forms.cjs`: loaded when the first form opens (see later.ts). */
export { createRunForms } from './ask.ts';
export { createForms } from './forms.ts';
