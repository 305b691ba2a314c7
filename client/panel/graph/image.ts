/** The picture as PNG, drawn by the browser from its SVG. */
import type { Drawing } from '../../../core/graph/drawing.ts';
import { svgPicture } from '../../../core/graph/export/svg.ts';

/** Pixels of the image for one of the picture, for print and for screens of high density. */
const DENSITY = 2;
/** What browsers draw at most. */
const LONGEST = 16_000;
const MOST_PIXELS = 120e6;

/** Rejects where the browser cannot draw it. */
export async function pngOf(drawing: Drawing): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgPicture(drawing))}`;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(
    DENSITY,
    LONGEST / Math.max(width, height),
    Math.sqrt(MOST_PIXELS / (width * height)),
  );
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the image is too large'));
      else resolve(blob);
    }, 'image/png');
  });
}
