// The panel lets go of what it does not need any more: the short form of `npm run steadiness`.
import { expect, test } from 'vitest';
import { launchChromium } from '../barePage.ts';
import { growth, openAndClose, slide } from '../steadiness.ts';
import { lensShown, useSession } from './fixture.ts';

const { open } = useSession();

test('500 movements of sliders leave nothing behind in the page', async () => {
  const browser = await launchChromium();
  try {
    const found = await slide(browser, 500, 4);
    expect(growth(found, ({ nodes }) => nodes)).toBeLessThan(20);
    expect(growth(found, ({ listeners }) => listeners)).toBeLessThan(5);
    expect(growth(found, ({ heap }) => heap)).toBeLessThan(2 ** 19);
  } finally {
    await browser.close();
  }
});

test('10 panels that were opened and closed are gone', async () => {
  const example = await open('examples/01-tutorial.ts');
  await lensShown(example, 'show derivative');
  const { session, workbench, file } = example;
  const found = await openAndClose(session, workbench, file, 10, 2);
  // A panel that stayed would be a document, and hundreds of nodes, each.
  expect(growth(found, ({ documents }) => documents)).toBeLessThan(3);
  expect(growth(found, ({ nodes }) => nodes)).toBeLessThan(500);
});
