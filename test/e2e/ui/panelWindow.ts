// What the tests of the panel in a real window share.
import type { FrameLocator } from 'playwright-core';
import { expect } from 'vitest';
import { type Example, lensShown } from './fixture.ts';

/** Opens the panel by a lens of the file, once the server has answered. */
export async function openPanel(
  example: Example,
  lens: string | RegExp = 'show derivative',
  nth = 0,
): Promise<FrameLocator> {
  const { workbench, file } = example;
  await lensShown(example, lens);
  const panel = workbench.webview();
  await workbench.until(
    () => workbench.lens(file, 'show derivative').nth(nth).click(),
    panel.locator('table.trace'),
  );
  return panel;
}

/** A number as the panel writes it, with all its digits. */
export const digitsOf = (text: string | null): number =>
  text === null || text === '' ? Number.NaN : Number(text.replace('−', '-'));

/** f and its partials, from the tooltips of the formulas, which have all digits. */
export async function formulaValues(panel: FrameLocator): Promise<number[]> {
  const texts = await panel
    .locator('.formula > .number')
    .evaluateAll((all) => all.map((one) => one.getAttribute('title')));
  return texts.map(digitsOf);
}

/** Waits until f and its partials are these, to the last digits of a double. */
export async function expectValues(panel: FrameLocator, expected: readonly number[]): Promise<void> {
  await expect
    .poll(async () => {
      const found = await formulaValues(panel);
      return Math.max(...expected.map((value, i) => Math.abs(value - (found[i] ?? Number.NaN))));
    })
    .toBeLessThan(1e-12);
}

/** x1·x2 + sin(x1) and its partials. */
export const tutorial = (x1: number, x2: number): number[] => [x1 * x2 + Math.sin(x1), x2 + Math.cos(x1), x1];

/** Lets the window read its clipboard; the result does. */
export async function clipboardOf({ workbench: { page } }: Example): Promise<() => Promise<string>> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  return () => page.evaluate(() => navigator.clipboard.readText());
}
