/** The pieces of exported pictures: texts, glyphs, rectangles. Pure. */
import type { Font } from './cut-text.ts';
import { glyphs, type Glyph, type GlyphName } from './glyphs.ts';
import { escapeXml } from './xml.ts';

export const glyphSize = 16;
export const detailFont: Font = { size: 11, weight: 'normal' };
/** Widths are estimated for wide fonts: so much closer to a mark, or further, may a text come. */
export const slack = 5;

export function text(content: string, className: string, x: number, y: number, anchor?: 'middle' | 'end'): string {
  if (content === '') return '';
  const anchored = anchor === undefined ? '' : ` text-anchor="${anchor}"`;
  return `<text class="${className}" x="${x}" y="${y}"${anchored}>${escapeXml(content)}</text>`;
}

export function glyph(name: GlyphName, className: string, x: number, y: number, size = glyphSize): string {
  return `<use href="#mg-${name}" class="${className}" x="${x}" y="${y}" width="${size}" height="${size}"/>`;
}

/** The glyphs that a drawing refers to, each once. */
export function usedGlyphs(drawing: readonly string[]): readonly GlyphName[] {
  const used = new Set(drawing.flatMap((part) => [...part.matchAll(/href="#mg-(\w+)"/g)].map(([, name]) => name)));
  return (Object.keys(glyphs) as GlyphName[]).filter((name) => used.has(name));
}

export function symbol(name: GlyphName): string {
  const shape: Glyph = glyphs[name];
  return `<symbol id="mg-${name}" viewBox="0 0 16 16">${lineOf(shape)}${fillOf(shape)}</symbol>`;
}

function lineOf({ line: data }: Glyph): string {
  if (data === undefined) return '';
  return `<path d="${data}" fill="none" stroke="currentColor" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"/>`;
}

function fillOf({ fill }: Glyph): string {
  return fill === undefined ? '' : `<path d="${fill}" fill="currentColor"/>`;
}

/** Borders lie inside, on whole pixels. */
export function rectangle(className: string, width: number, height: number, radius: number, offset = 0): string {
  const at = offset + 0.5;
  const hollow = className === 'mg-rule' ? ' fill="none"' : '';
  return `<rect class="${className}"${hollow} x="${at}" y="${at}" width="${width - 1}" height="${height - 1}" rx="${Math.min(radius, (height - 1) / 2)}"/>`;
}
