/** What stands around the fields: title, notices, buttons. */
import type { FormHostState, FormNotice } from '../../../common/protocol/form.ts';
import { element, replaceChildren } from '../dom.ts';
import { icon } from '../icons.ts';
import type { IconName } from '../icons.ts';

export interface FrameActions {
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly onEditJson: () => void;
  readonly onEditForm: () => void;
  readonly onShowJson: () => void;
  readonly onClear: () => void;
  readonly onPickSaved: () => void;
  readonly onSave: () => void;
}

export interface Frame {
  readonly root: HTMLElement;
  /** Where the sections go. */
  readonly fields: HTMLElement;
  update(state: FormHostState | undefined, outdated: boolean): void;
  /** For those who listen. */
  announce(text: string): void;
}

const noticeIcons: Readonly<Record<FormNotice['kind'], IconName>> = {
  info: 'info',
  warning: 'warning',
  error: 'error',
};

export function createFrame(actions: FrameActions): Frame {
  const title = element('h1', { attributes: { id: 'form-title' } }, 'Input');
  const notice = element('div', { class: 'form-notice', attributes: { role: 'status' } });
  const json = element('div', { class: 'form-notice json-mode' });
  const loading = element('p', { class: 'loading', attributes: { role: 'status' } });
  const fields = element('div', { class: 'fields-area' });
  const live = element('div', { class: 'visually-hidden', attributes: { role: 'status', 'aria-live': 'polite' } });
  const button = (label: string, className: string, run: () => void, glyph?: IconName): HTMLButtonElement =>
    element(
      'button',
      { class: `button ${className}`, attributes: { type: 'button' }, on: { click: run } },
      glyph !== undefined && icon(glyph),
      element('span', {}, label),
    );
  const submit = button('Run', 'primary', actions.onSubmit, 'run');
  const cancel = button('Cancel', 'secondary', actions.onCancel);
  const editJson = button('Edit as JSON', 'secondary', actions.onEditJson, 'source');
  const clear = button('Clear', 'secondary', actions.onClear);
  const pick = button('Saved inputs…', 'secondary', actions.onPickSaved);
  const save = button('Save as…', 'secondary', actions.onSave);
  const keys = element(
    'span',
    { class: 'keys' },
    element('kbd', {}, navigator.userAgent.includes('Mac') ? '⌘ Enter' : 'Ctrl+Enter'),
    ' ',
    element('span', { class: 'keys-submit' }),
    ', ',
    element('kbd', {}, 'Esc'),
    ' cancels',
  );
  const footer = element(
    'footer',
    {},
    submit,
    cancel,
    element('span', { class: 'stretch' }),
    clear,
    pick,
    save,
    editJson,
    keys,
  );
  replaceChildren(
    json,
    icon('source'),
    element('span', {}, 'The value is being edited as JSON in a tab.'),
    button('Show the tab', 'secondary small', actions.onShowJson),
    button('Back to the form', 'secondary small', actions.onEditForm),
  );
  const root = element(
    'div',
    { class: 'form-page' },
    element('header', { class: 'form-header' }, title),
    element(
      'main',
      { class: 'form-main', attributes: { 'aria-labelledby': 'form-title' } },
      notice,
      json,
      loading,
      fields,
    ),
    footer,
    live,
  );

  return {
    root,
    fields,
    announce(text) {
      live.textContent = text;
    },
    update(state, outdated) {
      title.textContent = state?.title ?? 'Input';
      const shown: FormNotice | undefined = outdated
        ? { kind: 'error', message: 'The extension was updated. Close this form and run the workflow again.' }
        : state?.notice;
      notice.hidden = shown === undefined;
      notice.className = `form-notice ${shown?.kind ?? 'info'}`;
      if (shown !== undefined && notice.textContent !== shown.message) {
        replaceChildren(notice, icon(noticeIcons[shown.kind]), element('span', {}, shown.message));
      }
      const inJson = state?.editing === 'json';
      json.hidden = !inJson;
      const waiting = state?.sections === undefined;
      loading.hidden = !waiting;
      if (waiting) replaceChildren(loading, icon('running'), 'Building and loading the workflow…');
      fields.inert = inJson || state?.checking === true;
      fields.classList.toggle('resting', inJson);
      const label = state?.submitLabel ?? 'Run';
      const checking = state?.checking === true;
      submit.querySelector('span')?.replaceChildren(checking ? 'Checking…' : label);
      submit.disabled = waiting || checking || inJson || outdated;
      editJson.disabled = waiting || checking || inJson || outdated;
      clear.disabled = waiting || checking || inJson;
      pick.hidden = state?.saved === undefined;
      pick.disabled = waiting || checking || inJson || state.saved?.count === 0;
      pick.title = state?.saved?.count === 0 ? 'No inputs of this workflow are saved yet.' : '';
      save.hidden = state?.saved === undefined;
      save.disabled = waiting || checking || inJson;
      footer.querySelector('.keys-submit')?.replaceChildren(`${label.toLowerCase()}s`);
    },
  };
}
