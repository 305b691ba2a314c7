import { describe, expect, it } from 'vitest';
import { type Drawing, drawingSteps } from '../../core/graph/drawing.ts';
import { dotGraph } from '../../core/graph/export/dot.ts';
import { svgPicture } from '../../core/graph/export/svg.ts';
import { texText } from '../../core/graph/export/tex.ts';
import { tikzPicture } from '../../core/graph/export/tikz.ts';
import { foldGraph } from '../../core/graph/fold.ts';
import { sceneOf } from '../../core/graph/scene.ts';
import { modelOf, partialIn, region } from './rows.ts';

const HOSTILE = `</text><script>alert("x")</script> & \\end{document} $_{^~%#}\u0000"`;

function drawingOf(name: string): Drawing {
  const model = modelOf(
    [
      [],
      [{ from: 0, slope: 0.05 }],
      [
        { from: 1, slope: 0 },
        { from: 0, slope: Number.NaN },
      ],
      [{ from: 2, slope: 500 }],
    ],
    region({ kind: 'call', name, first: 1, end: 3 }),
  );
  const trace = model.trace.map((row, i) => (i === 3 ? { ...row, name } : row));
  const graph = foldGraph({ ...model, trace });
  const numbers = {
    values: [1, 2, 3, 4],
    tangents: [1, 0.05, 0, 0],
    adjoints: null,
    partial: partialIn(trace),
  };
  const scene = sceneOf({ trace }, graph, numbers, { mode: 'forward', digits: 4 });
  const steps = drawingSteps(graph, scene, (text) => text.length * 7, 4, {
    title: name,
    mode: 'forward',
    memory: null,
  });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Reads the tags of well-formed XML; throws where they do not match or a character is out of place. */
function elementsOf(xml: string): Map<string, number> {
  const counts = new Map<string, number>();
  const open: string[] = [];
  const token = /<(\/?)([a-z]+)((?: [a-zA-Z][\w:-]*="[^"<]*")*)(\/?)>|[^<>&]+|&(?:amp|lt|gt|quot);/y;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new Error(`not well formed: ${xml.slice(at, at + 60)}`);
    const [, close, name, , empty] = match;
    if (name === undefined) continue;
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
    } else {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (empty !== '/') open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  return counts;
}

describe('svgPicture', () => {
  it('is well-formed, complete in itself, and keeps text as text', () => {
    for (const name of ['f', HOSTILE]) {
      const xml = svgPicture(drawingOf(name));
      const elements = elementsOf(xml);
      expect(elements.has('script')).toBe(false);
      // Four nodes, the frame of the call, the legend.
      expect(elements.get('g')).toBe(4 + 1 + 1);
      expect(elements.get('path')).toBe(4 + 9);
      expect(xml).not.toMatch(/href|url\((?!#)|style=|var\(/);
      expect(xml).toContain('xmlns="http://www.w3.org/2000/svg"');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
      expect(xml).not.toMatch(/[\u0000-\u0008]/);
    }
  });

  it('has every picture element within its frame', () => {
    const xml = svgPicture(drawingOf('f'));
    const [, x, y, width, height] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(xml)!.map(Number);
    for (const [, left, top] of xml.matchAll(/translate\((\S+) (\S+)\)/g)) {
      expect(Number(left)).toBeGreaterThanOrEqual(x!);
      expect(Number(top)).toBeGreaterThanOrEqual(y!);
      expect(Number(left)).toBeLessThan(x! + width!);
      expect(Number(top)).toBeLessThan(y! + height!);
    }
  });
});

describe('dotGraph', () => {
  it('has a line for each node and each edge', () => {
    const lines = dotGraph(drawingOf('f')).split('\n');
    expect(lines.filter((line) => /^ {2}n\d+ \[/.test(line))).toHaveLength(4);
    expect(
      lines.filter((line) => /^ {2}n\d+ -> n\d+ \[/.test(line)).map((line) => line.slice(2, 10)),
    ).toEqual(['n0 -> n1', 'n1 -> n2', 'n0 -> n2', 'n2 -> n3']);
  });

  it('quotes names so that they stay names', () => {
    const text = dotGraph(drawingOf(HOSTILE));
    // What remains outside of quoted strings is ours.
    const rest = text.replace(/"(?:[^"\\]|\\.)*"/gs, '""');
    expect(rest).not.toContain('script');
    expect(rest).toMatch(/^digraph "" \{\n[\s\S]*\}\n$/);
  });
});

describe('tikzPicture', () => {
  it('draws nodes, edges and their labels in one picture', () => {
    const text = tikzPicture(drawingOf('f'));
    expect(text.match(/^\\node\[(input|op|output|box)/gm)).toHaveLength(4);
    expect(text.match(/^\\draw\[->/gm)).toHaveLength(4);
    expect(text.match(/\\begin\{tikzpicture\}/g)).toHaveLength(1);
    expect(text.trimEnd().endsWith('\\end{tikzpicture}')).toBe(true);
  });

  it('keeps braces balanced and specials escaped, whatever names there are', () => {
    const lines = tikzPicture(drawingOf(HOSTILE)).split('\n');
    for (const line of lines.filter((each) => !each.startsWith('%'))) {
      const plain = line.replace(/\\[{}$&#%_\\]/g, '');
      expect(plain.split('{').length, line).toBe(plain.split('}').length);
      expect(plain.replace(/\\ensuremath\{[^}]*(?:\{[^}]*\}[^}]*)*\}/g, ''), line).not.toMatch(/[$&#%_^~]/);
    }
  });
});

describe('texText', () => {
  it('sets rows with their accents and numbers', () => {
    expect(texText('w3 = w1·w2')).toBe(
      '\\ensuremath{w_{3}} = \\ensuremath{w_{1}}\\ensuremath{\\cdot}\\ensuremath{w_{2}}',
    );
    expect(texText('ẇ12 ≈ −0.5')).toBe(
      '\\ensuremath{\\dot{w}_{12}} \\ensuremath{\\approx} \\ensuremath{-}0.5',
    );
    expect(texText('w\u03041')).toBe('\\ensuremath{\\bar{w}_{1}}');
  });

  it("leaves the user's own names alone", () => {
    expect(texText('row1')).toBe('row1');
    expect(texText('w1x')).toBe('w1x');
    expect(texText('x_1')).toBe('x\\_1');
    expect(texText('größe')).toBe('gr\\"{o}\\ss{}e');
    expect(texText('λ²')).toBe('\\ensuremath{\\lambda}\\ensuremath{^{2}}');
    expect(texText('変数')).toBe('U+5909U+6570');
  });
});
