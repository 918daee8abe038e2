/** An SVG picture as PNG, and how large that may be. */

/** Wanted: sharp also on screens with twice the points. */
const wantedScale = 2;
/** Chromium draws no more along one side, and many programs show no more. */
const longestSide = 16_384;
/** Points of the whole picture: 256 MB while it is made. */
const mostPoints = 64_000_000;

export type PngSize =
  | {
      readonly kind: 'fits';
      readonly scale: number;
      /** Where it is drawn smaller than wanted: what to tell. */
      readonly note: string | undefined;
    }
  | { readonly kind: 'too-large'; readonly message: string };

/** `width` and `height` are those of the drawing, in CSS pixels. Below its own size nothing could be read. */
export function pngSize(width: number, height: number): PngSize {
  const most = Math.min(longestSide / Math.max(width, height, 1), Math.sqrt(mostPoints / Math.max(1, width * height)));
  if (most >= wantedScale) return { kind: 'fits', scale: wantedScale, note: undefined };
  const size = `${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels`;
  if (most >= 1) {
    const scale = Math.floor(most * 100) / 100;
    return {
      kind: 'fits',
      scale,
      note: `The drawing has ${size}: it was exported at ${scale.toFixed(2)} times its size in place of twice.`,
    };
  }
  return {
    kind: 'too-large',
    message: `The drawing has ${size}, more than a PNG file can hold legibly. Export it as SVG, or fold nested workflows first.`,
  };
}

/** Rejects where the browser cannot draw the picture. */
export async function toPng(
  svg: string,
  { width, height, scale }: { width: number; height: number; scale: number },
): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('there is no canvas to draw on');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('the picture takes more memory than there is'));
        else resolve(blob);
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
