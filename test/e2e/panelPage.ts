// The panel's page alone in a browser, with a stand-in for VS Code.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { FromPage, PanelState, ToPage } from '../../client/panel/messages.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import { URI } from '../client/tutorialModel.ts';
import { launchChromium, type PageSources, pageSources, standIn, tell } from './barePage.ts';

export interface PanelPage {
  readonly page: Page;
  /** Loads the page as VS Code does: with its state of before, if any. */
  load(stored?: PanelState): Promise<void>;
  send(message: ToPage): Promise<void>;
  /** Shows a model of a function of this name. */
  show(model: PanelModel, target?: string): Promise<void>;
  /** What the page has posted, but for the questions to the server, which are asked when all is quiet. */
  sent(): Promise<FromPage[]>;
}

/** A page for each test of a file. */
export function usePanelPage(): () => PanelPage {
  let browser: Browser;
  let page: Page;
  let sources: PageSources;

  beforeAll(async () => {
    sources = await pageSources({ minify: false });
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 700, height: 1200 } });
    page.setDefaultTimeout(10_000);
  });
  afterEach(() => page.close());

  async function load(stored?: PanelState): Promise<void> {
    await page.setContent(
      `<!DOCTYPE html><html lang="en"><title>Gradlens</title><style>${sources.style}</style><main id="root"></main>`,
    );
    await page.evaluate(standIn, stored);
    await page.addScriptTag({ content: sources.script });
  }
  const send = (message: ToPage): Promise<void> => tell(page, message);

  return () => ({
    page,
    load,
    send,
    show: (model, target = 'f') => {
      const source = { kind: 'function' as const, function: { uri: URI, target } };
      return send({ kind: 'show', content: { source, version: null, model }, digits: 4, follow: true });
    },
    sent: () => page.evaluate(() => window.sent.filter((message) => message.kind !== 'query')),
  });
}
