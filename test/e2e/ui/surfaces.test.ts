// Every surface in every kind of theme: pictures to look at, and that the panel can be read in each.
import { describe, expect, test } from 'vitest';
import { axeViolations } from '../axe.ts';
import { type Theme, themes } from '../window.ts';
import { type Example, keepPicture, lensShown, placeOf, useSession } from './fixture.ts';

/** A malformed tag, and a result that no derivative can be given of. */
const troubled = `// @differentiable at x =
export function square(x: number): number {
  return x * x;
}

// @differentiable at x = 2
export function noisy(x: number): number {
  return x * Math.random();
}
`;

/** WCAG 2.2, 1.4.3: the contrast of text. */
const readable = 4.5;

/** The relative luminance of a colour that CSS reports as rgb(…) (WCAG 2.2, "relative luminance"). */
function luminance(color: string): number {
  const [red, green, blue] = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((text) => {
    const channel = Number(text) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

/** The colours of every text in the panel and of what it stands on. */
async function panelColors({ workbench }: Example) {
  return workbench
    .webview()
    .locator('body')
    .evaluate((body) => {
      const opaque = (element: Element | null): string => {
        for (let at = element; at !== null; at = at.parentElement) {
          const color = getComputedStyle(at).backgroundColor;
          if (!/^rgba\(.*, 0(?:\.\d+)?\)$|^transparent$/.test(color)) return color;
        }
        // VS Code paints the panel's background as it paints the editor's.
        const probe = document.createElement('i');
        probe.style.color = 'var(--vscode-editor-background)';
        document.body.append(probe);
        const { color } = getComputedStyle(probe);
        probe.remove();
        return color;
      };
      // What is mixed of others is told in other notations than rgb(): painted, every colour is its pixel.
      const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
      const painted = (...colors: readonly string[]): string => {
        for (const color of colors) {
          brush.fillStyle = color;
          brush.fillRect(0, 0, 1, 1);
        }
        return `rgb(${brush.getImageData(0, 0, 1, 1).data.slice(0, 3).join(', ')})`;
      };
      return [...body.querySelectorAll('h1, h2, p, th, td, button, label')]
        .filter((element) => (element.textContent ?? '').trim() !== '' && element.getClientRects().length > 0)
        .map((element) => {
          const background = opaque(element);
          return {
            what: `${element.tagName} ${(element.textContent ?? '').slice(0, 30)}`,
            color: painted(background, getComputedStyle(element).color),
            background: painted(background),
          };
        });
    });
}

async function openPanel(example: Example): Promise<void> {
  const { workbench, file } = example;
  await workbench.until(
    () => workbench.lens(file, 'show derivative').first().click(),
    workbench.webview().locator('table').first(),
  );
}

describe.each(themes.map((theme) => [theme] as const))('in the theme %s', (theme: Theme) => {
  const { open } = useSession(theme);

  test('the editor and its hover', async () => {
    const example = await open('examples/01-tutorial.ts');
    const { workbench, file } = example;
    await lensShown(example, '∇f(2, 3)');
    const { line, column } = placeOf(file, 'function inSteps', 'function '.length);
    await workbench.goTo(line, column);
    await workbench.hoverAtCaret('∂inSteps/∂x1');
    await keepPicture(example, `${theme}-editor`);
  });

  test('the panel, forward and reverse', async () => {
    const example = await open('examples/01-tutorial.ts');
    await lensShown(example, '∇f(2, 3)');
    await openPanel(example);
    await keepPicture(example, `${theme}-panel-forward`);
    const colors = await panelColors(example);
    expect(colors.length).toBeGreaterThan(20);
    expect(colors.filter(({ color, background }) => contrast(color, background) < readable)).toEqual([]);
    await example.workbench
      .webview()
      .getByRole('button', { name: /^Reverse/ })
      .click();
    await example.workbench.page.mouse.move(2, 2);
    await keepPicture(example, `${theme}-panel-reverse`);
    expect(await axeViolations(await example.workbench.webviewFrame())).toEqual([]);
    await example.workbench.webview().locator('table tbody tr').last().scrollIntoViewIfNeeded();
    await keepPicture(example, `${theme}-panel-trace`);
  });

  test('problems', async () => {
    const example = await open('problems.ts', troubled);
    const { page } = example.workbench;
    await page.keyboard.press('Control+Shift+M');
    for (const id of ['GL001', 'GL114'])
      await page.locator('.markers-panel .monaco-list-row').filter({ hasText: id }).first().waitFor();
    await keepPicture(example, `${theme}-problems`);
  });
});
