/** Own 16 pixel glyphs in the style of VS Code's icons: lines in the colour of the text around them. */
import { glyphs } from '../../common/graph/glyphs.ts';
import type { Glyph, GlyphName } from '../../common/graph/glyphs.ts';
import { svgElement } from './dom.ts';

export type IconName = GlyphName;

/** A decorative icon: words beside it, or the label of its button, say what it means. */
export function icon(name: IconName, className = ''): SVGSVGElement {
  const glyph: Glyph = glyphs[name];
  return svgElement(
    'svg',
    { class: `icon icon-${name} ${className}`.trimEnd(), viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    glyph.line !== undefined && svgElement('path', { class: 'icon-line', d: glyph.line }),
    glyph.fill !== undefined && svgElement('path', { class: 'icon-fill', d: glyph.fill }),
  );
}
