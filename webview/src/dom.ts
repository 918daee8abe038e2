/** Small helpers over the DOM. Text is always set as text, never parsed as markup. */

export type Child = Node | string | undefined | false;

interface Properties {
  readonly class?: string;
  readonly title?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  if (properties.class !== undefined) created.className = properties.class;
  if (properties.title !== undefined) created.title = properties.title;
  setAttributes(created, properties.attributes ?? {});
  for (const [type, listener] of Object.entries(properties.on ?? {})) {
    created.addEventListener(type, listener as EventListener);
  }
  append(created, children);
  return created;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

export function svgElement<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const created = document.createElementNS(svgNamespace, tag);
  setAttributes(created, attributes);
  append(created, children);
  return created;
}

/** Sets each attribute whose value is a string and removes those whose value is undefined. */
export function setAttributes(target: Element, attributes: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) target.removeAttribute(name);
    else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
  }
}

export function replaceChildren(target: Element, ...children: readonly Child[]): void {
  target.replaceChildren(...children.filter(isPresent));
}

function append(target: Element, children: readonly Child[]): void {
  target.append(...children.filter(isPresent));
}

function isPresent(child: Child): child is Node | string {
  return child !== undefined && child !== false;
}

/**
 * Keeps one element per key, in the order of `items`: elements of keys that stay are reused (focus, scrolling and
 * transitions survive), the others are made or removed. `before` stands behind the kept elements in the parent.
 */
export function keyed<T>(
  parent: Element,
  elements: Map<string, Element>,
  items: readonly T[],
  keyOf: (item: T) => string,
  create: (item: T) => Element,
  update: (element: Element, item: T) => void,
): void {
  const wanted = new Set(items.map(keyOf));
  for (const [key, existing] of elements) {
    if (wanted.has(key)) continue;
    existing.remove();
    elements.delete(key);
  }
  let previous: Element | null = null;
  for (const item of items) {
    const key = keyOf(item);
    let current = elements.get(key);
    if (current === undefined) {
      current = create(item);
      elements.set(key, current);
    }
    update(current, item);
    const place: ChildNode | null = previous === null ? parent.firstChild : previous.nextSibling;
    if (place !== current) parent.insertBefore(current, place);
    previous = current;
  }
}
