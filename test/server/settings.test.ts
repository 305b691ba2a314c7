import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { DEFAULT_SETTINGS, readSettings } from '../../server/protocol/settings.ts';

describe('settings', () => {
  test('defaults are those that the manifest declares', () => {
    const declared = Object.entries(manifest.contributes.configuration.properties).map(([name, property]) => [
      name.replace('gradlens.', ''),
      property.default,
    ]);
    expect(readSettings(Object.fromEntries(declared))).toEqual({ settings: DEFAULT_SETTINGS, messages: [] });
  });

  test('nested and dotted sections mean the same', () => {
    const nested = { inlayHints: { mode: 'off' }, hover: { enable: false }, budget: { steps: 5000 } };
    const dotted = { 'inlayHints.mode': 'off', 'hover.enable': false, 'budget.steps': 5000 };
    expect(readSettings(nested).settings).toEqual(readSettings(dotted).settings);
    expect(readSettings(nested).settings).toMatchObject({
      inlayHints: 'off',
      hover: false,
      budgetSteps: 5000,
    });
  });

  test.each([
    ['significantDigits', { significantDigits: 0 }],
    ['significantDigits', { significantDigits: '4' }],
    ['significantDigits', { significantDigits: 2.5 }],
    ['inlayHints.mode', { inlayHints: { mode: 'loud' } }],
    ['enable', { enable: 'yes' }],
    ['exclude', { exclude: '**/x' }],
    ['exclude', { exclude: [1] }],
    ['budget.steps', { budget: { steps: -1 } }],
    ['diagnostics.severity', { diagnostics: { severity: [] } }],
  ])('a corrupt %s falls back and says so', (name, section) => {
    const { settings, messages } = readSettings(section);
    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(`gradlens.${name}`);
  });

  test('a corrupt severity leaves the others', () => {
    const { settings, messages } = readSettings({
      diagnostics: { severity: { GL108: 'off', GL101: 'loud' } },
    });
    expect(settings.severity).toEqual({ GL108: 'off' });
    expect(messages.join()).toContain('GL101');
  });

  test.each([null, undefined, 3, 'x', []])('a section that is %j gives the defaults', (section) => {
    expect(readSettings(section).settings).toEqual(DEFAULT_SETTINGS);
  });
});
