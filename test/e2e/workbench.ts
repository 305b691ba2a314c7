// What a user does and sees in a VS Code window, as operations on the Playwright page that shows its workbench.
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { type RunningServer, workbenchUrl } from '../../scripts/vscode-host/server.mjs';

export interface Opening {
  /** Absolute path of the folder to open. */
  readonly folder: string;
  /** Absolute path of the file to show. */
  readonly file?: string;
  /** 1-based caret in `file`. */
  readonly at?: { readonly line: number; readonly column: number };
}

const startTimeout = 60_000;

/** Editors render spaces as U+00A0 and put zero-width marks between tokens. */
const plain = (text: string): string => text.replace(/\u00a0/g, ' ').replace(/[\u200b\u200c]/g, '');

export class Workbench {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(page: Page, server: RunningServer, opening: Opening): Promise<Workbench> {
    await page.goto(workbenchUrl(server, opening), { waitUntil: 'domcontentloaded' });
    const workbench = new Workbench(page);
    await workbench.ready();
    if (opening.file !== undefined) await workbench.editor(opening.file).waitFor({ timeout: startTimeout });
    return workbench;
  }

  /** Opens the window on a folder, with whatever was open in it. */
  async openFolder(server: RunningServer, folder: string): Promise<void> {
    await this.page.goto(workbenchUrl(server, { folder }), { waitUntil: 'domcontentloaded' });
    await this.ready();
  }

  private async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: startTimeout });
  }

  /** Reloads the window as a user does: VS Code writes down first what is open. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('domcontentloaded');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Opens a file of the folder by a part of its name. */
  async quickOpen(name: string): Promise<void> {
    const row = this.quickPick(name);
    await this.until(async () => {
      if (!(await this.quickInput.isVisible())) await this.page.keyboard.press('Control+P');
      await this.quickInput.fill(name);
    }, row);
    await row.first().click();
  }

  /** The editor that shows the file with this absolute path. */
  editor(file: string): Locator {
    return this.page.locator(`.editor-instance .monaco-editor[data-uri$="${file}"]`);
  }

  /** The visible lines of the editor, top to bottom, inlay hints included. */
  async lines(file: string): Promise<string[]> {
    const lines = await this.editor(file)
      .locator('.view-line')
      .evaluateAll((elements) =>
        elements
          .map((element) => ({
            top: Number.parseFloat((element as HTMLElement).style.top),
            text: element.textContent ?? '',
          }))
          .sort((a, b) => a.top - b.top)
          .map(({ text }) => text),
      );
    return lines.map(plain);
  }

  /** What of the editor's text is marked by a decoration with a background, as the panel marks the source. */
  marked(file: string): Promise<string[]> {
    return this.editor(file).evaluate((editor) =>
      [...editor.querySelectorAll('.view-overlays [class*="ced-"]')].map((mark) => {
        const area = mark.getBoundingClientRect();
        const inside = (box: DOMRect): boolean => {
          const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
          return x > area.left && x < area.right && y > area.top && y < area.bottom;
        };
        let text = '';
        const walker = document.createTreeWalker(editor.querySelector('.view-lines')!, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const range = document.createRange();
          for (let at = 0; at < node.nodeValue!.length; at++) {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            if (inside(range.getBoundingClientRect())) text += node.nodeValue![at];
          }
        }
        return text.replace(/\u00a0/g, ' ');
      }),
    );
  }

  /** Visible lines that match. In the pattern write `\s` for a blank: the editor shows U+00A0. */
  line(file: string, pattern: RegExp): Locator {
    return this.editor(file).locator('.view-line').filter({ hasText: pattern });
  }

  /** The titles of all visible code lenses of the editor, top to bottom. */
  async lenses(file: string): Promise<string[]> {
    const texts = await this.editor(file)
      .locator('.codelens-decoration')
      .evaluateAll((elements) =>
        elements
          .map((element) => ({
            top: (element as HTMLElement).getBoundingClientRect().top,
            text: element.textContent ?? '',
          }))
          .sort((a, b) => a.top - b.top)
          .map(({ text }) => text),
      );
    return texts.map(plain);
  }

  lens(file: string, title: string | RegExp): Locator {
    return this.editor(file).locator('.codelens-decoration a').filter({ hasText: title });
  }

  /**
   * Acts until the effect shows: code lenses, for one, are re-created whenever any provider answers, and a click on one
   * that goes at that moment is lost.
   */
  async until(act: () => Promise<void>, effect: Locator, tries = 6, eachMs = 5000): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await act();
        await effect.first().waitFor({ timeout: eachMs });
        return;
      } catch (error) {
        if (attempt >= tries) throw error;
      }
    }
  }

  private get quickInput(): Locator {
    return this.page.locator('.quick-input-widget input[type="text"]');
  }

  /** The rows of the open quick pick or command palette. */
  quickPick(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text });
  }

  /** Runs a command by its title in the palette. (Escape first would take the selection away.) */
  async command(title: string): Promise<void> {
    const row = this.quickPick(title);
    await this.until(async () => {
      if (!(await this.quickInput.isVisible())) await this.page.keyboard.press('F1');
      await this.quickInput.waitFor({ timeout: 5000 });
      await this.quickInput.fill(`>${title}`);
    }, row);
    await row.first().click();
  }

  /** Goes to the first group of editors by the keyboard; from a panel the focus takes its time. */
  async enterEditor(): Promise<void> {
    const focused = this.page.locator('.editor-instance .monaco-editor.focused');
    await this.until(() => this.page.keyboard.press('Control+1'), focused);
  }

  /** Goes to the panel beside it by the keyboard. */
  async enterPanel(): Promise<void> {
    const body = this.webview().locator('body');
    for (let tries = 0; tries < 8; tries++) {
      await this.enterEditor();
      await this.page.keyboard.press('Control+2');
      // The panel takes notice of the cursor when that has come to rest.
      await this.page.waitForTimeout(500);
      if (await body.evaluate(() => document.hasFocus())) return;
    }
    throw new Error('the panel does not take the focus');
  }

  /** Puts the caret at a 1-based place by Go to Line. */
  async goTo(line: number, column: number): Promise<void> {
    await this.enterEditor();
    await this.page.keyboard.press('Control+G');
    await this.quickInput.waitFor();
    await this.quickInput.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Puts the caret at `line:column` and selects `length` characters to its right by the keyboard. */
  async select(line: number, column: number, length: number): Promise<void> {
    await this.goTo(line, column);
    for (let i = 0; i < length; i++) await this.page.keyboard.press('Shift+ArrowRight');
    await this.page.locator('.statusbar-item', { hasText: `(${length} selected)` }).waitFor();
  }

  /** Right-clicks where the caret or selection is and chooses an item of the editor's context menu. */
  async contextMenu(file: string, item: string): Promise<void> {
    const entry = this.page.locator('.monaco-menu .action-menu-item').filter({ hasText: item });
    await this.until(async () => {
      await this.editor(file)
        .locator('.cursors-layer .cursor')
        .first()
        .click({ button: 'right', force: true });
    }, entry);
    // A menu that has just opened takes a click for the end of the one that opened it.
    for (let tries = 0; tries < 10 && (await entry.first().isVisible()); tries++) {
      await entry
        .first()
        .click({ timeout: 2000 })
        .catch(() => {});
      await this.page.waitForTimeout(300);
    }
  }

  /** Every visible row of hovers, read in one evaluation: a hover may close between two. */
  private hoverRows(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.monaco-hover:not(.hidden) .hover-row')]
        .filter((element) => element.offsetParent !== null)
        .map((element) => element.innerText.replace(/\u00a0/g, ' ')),
    );
  }

  /** Acts until a hover with this text shows; its whole row. */
  private async hoverWith(text: string, act: () => Promise<void>): Promise<string> {
    for (let attempt = 0; attempt < 8; attempt++) {
      await act();
      for (const end = Date.now() + 4000; Date.now() < end; await this.page.waitForTimeout(50)) {
        const row = (await this.hoverRows()).find((candidate) => candidate.includes(text));
        if (row !== undefined) return row;
      }
    }
    throw new Error(
      `no hover says ${JSON.stringify(text)}; shown: ${JSON.stringify(await this.hoverRows())}`,
    );
  }

  /** Shows the hover at the caret by the keyboard; the row with this text. */
  hoverAtCaret(text: string): Promise<string> {
    return this.hoverWith(text, async () => {
      await this.page.mouse.move(2, 2); // a pointer that rests on the editor would close it
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+K');
      await this.page.keyboard.press('Control+I');
    });
  }

  /** Points at a token of a visible line; the hover's row with this text. */
  hoverToken(file: string, line: RegExp, token: string, text: string): Promise<string> {
    const target = this.line(file, line)
      .locator('span')
      .filter({ hasText: new RegExp(`^\\s*${token.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}\\s*$`) })
      .last();
    return this.hoverWith(text, async () => {
      await this.page.mouse.move(2, 2); // leave first, else no movement is sent
      await target.hover();
    });
  }

  /** A notification that pops up. */
  toast(text: string | RegExp): Locator {
    return this.page
      .locator('.notifications-toasts .notification-list-item-message')
      .filter({ hasText: text });
  }

  /** The page inside a webview: its content is two frames deep. */
  webview(index = 0): FrameLocator {
    return this.page
      .locator('iframe.webview.ready')
      .nth(index)
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  /** The same as a frame, for evaluating in it. */
  async webviewFrame(index = 0): Promise<Frame> {
    const handle = await this.page.locator('iframe.webview.ready').nth(index).elementHandle();
    const inner = await (await handle?.contentFrame())?.waitForSelector('iframe#active-frame');
    const frame = await inner?.contentFrame();
    if (frame === null || frame === undefined) throw new Error('the webview has no content');
    return frame;
  }
}
