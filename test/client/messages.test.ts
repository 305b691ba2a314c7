import { describe, expect, it } from 'vitest';
import { isFromPage } from '../../client/panel/messages.ts';

describe('messages from the page', () => {
  const at = { line: 0, character: 3 };
  const location = { uri: 'file:///f.ts', range: { start: at, end: at } };
  it.each([
    { kind: 'ready' },
    { kind: 'reveal', location, open: false },
    { kind: 'output', output: 2 },
    { kind: 'save', name: 'f.svg', base64: 'PHN2Zy8+' },
    { kind: 'query', id: 1, query: { method: 'gradlens/panelModel', params: {} } },
    { kind: 'forget', id: 1 },
  ])('takes $kind', (message) => {
    expect(isFromPage(message)).toBe(true);
  });

  it.each([
    null,
    7,
    'ready',
    {},
    { kind: 'toString' },
    { kind: '__proto__' },
    { kind: ['ready'] },
    { kind: 'reveal', location: null, open: true },
    { kind: 'reveal', location: { uri: 'file:///f.ts', range: {} }, open: true },
    { kind: 'output', output: -1 },
    { kind: 'output', output: '0' },
    { kind: 'copy', text: 1, what: 'x' },
    { kind: 'save', name: '../../.bashrc', base64: '' },
    { kind: 'save', name: 'a\\b', base64: '' },
    { kind: 'follow' },
    // A page cannot ask for anything but what a panel shows.
    { kind: 'query', id: 1, query: { method: 'gradlens/insertDerivative', params: {} } },
    { kind: 'query', id: 1, query: { method: 'gradlens/panelModel', params: null } },
    { kind: 'query', id: 1.5, query: { method: 'gradlens/panelModel', params: {} } },
  ])('ignores %j', (message) => {
    expect(isFromPage(message)).toBe(false);
  });
});
