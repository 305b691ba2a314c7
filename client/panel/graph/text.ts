/** Widths of text on nodes, and what does not fit. */
import { FONT_SIZE, type Measure } from '../../../core/graph/drawing.ts';

const LARGEST_CACHE = 5000;

export class GraphText {
  private readonly context = document.createElement('canvas').getContext('2d');
  private readonly widths = new Map<string, number>();
  private font = '';
  private digit = FONT_SIZE * 0.6;

  /** Takes the font of the theme that there is now. */
  refresh(): void {
    const family = getComputedStyle(document.body).getPropertyValue('--vscode-editor-font-family');
    const font = `${FONT_SIZE}px ${family === '' ? 'monospace' : family}`;
    if (font === this.font || this.context === null) return;
    this.font = font;
    this.context.font = font;
    this.widths.clear();
    this.digit = this.context.measureText('0').width;
  }

  readonly measure: Measure = (text) => {
    if (this.context === null) return text.length * this.digit;
    let width = this.widths.get(text);
    if (width === undefined) {
      width = this.context.measureText(text).width;
      if (this.widths.size >= LARGEST_CACHE) this.widths.clear();
      this.widths.set(text, width);
    }
    return width;
  };

  /** The text, or as much of it as has room. */
  readonly fit = (text: string, room: number): string => {
    // Most fit by far, and numbers that move would fill the cache.
    if (text.length * this.digit * 1.15 <= room || this.measure(text) <= room) return text;
    let length = Math.min(text.length - 1, Math.floor(room / this.digit));
    while (length > 1 && this.measure(`${text.slice(0, length)}…`) > room) length--;
    return `${text.slice(0, length)}…`;
  };
}
