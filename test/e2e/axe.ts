// axe-core in a page whose policy lets no script in: its source is evaluated by the browser's driver.
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/**
 * What axe-core finds, a line for each rule with the places. Of nodes of a picture it takes the tooltip (<title>) for
 * visible text that the name must repeat; that alone is left out.
 */
export async function axeViolations(frame: Frame | Page): Promise<string[]> {
  await frame.evaluate(axe.source);
  const { violations } = await frame.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document),
  );
  return violations.flatMap(({ id, help, nodes }) => {
    const meant = nodes.filter(({ html }) => id !== 'label-content-name-mismatch' || !html.startsWith('<g '));
    if (meant.length === 0) return [];
    const places = meant
      .slice(0, 6)
      .map((node) => `  ${node.html.slice(0, 160)}\n    ${node.failureSummary ?? ''}`);
    return [`${id}: ${help}\n${places.join('\n')}`];
  });
}
