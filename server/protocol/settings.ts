/** The settings `gradlens.*` that the server reads, with the defaults that package.json declares. */

export type InlayHintsMode = 'value+derivative' | 'tangent' | 'formula' | 'off';
export type GenerateStyle = 'readable' | 'fast';
export type GenerateShape = 'open' | 'sample';
export type SeveritySetting = 'off' | 'hint' | 'information' | 'warning' | 'error';

export interface Settings {
  readonly enable: boolean;
  readonly hover: boolean;
  readonly codeLens: boolean;
  readonly inlayHints: InlayHintsMode;
  /** Diagnostic id → severity; ids that are not named keep their own. */
  readonly severity: Readonly<Record<string, SeveritySetting>>;
  readonly significantDigits: number;
  readonly budgetSteps: number;
  readonly generateStyle: GenerateStyle;
  readonly generateCheckpoints: boolean;
  readonly generateShape: GenerateShape;
  /** Globs of files to leave alone. */
  readonly exclude: readonly string[];
}

export const DEFAULT_SETTINGS: Settings = {
  enable: true,
  hover: true,
  codeLens: true,
  inlayHints: 'value+derivative',
  severity: {},
  significantDigits: 4,
  budgetSteps: 3_000_000,
  generateStyle: 'readable',
  generateCheckpoints: false,
  generateShape: 'open',
  exclude: ['**/node_modules/**', '**/*.min.js'],
};

const MODES: readonly InlayHintsMode[] = ['value+derivative', 'tangent', 'formula', 'off'];
const STYLES: readonly GenerateStyle[] = ['readable', 'fast'];
const SHAPES: readonly GenerateShape[] = ['open', 'sample'];
const SEVERITIES: readonly SeveritySetting[] = ['off', 'hint', 'information', 'warning', 'error'];

/**
 * Reads the section `gradlens` as a client sends it (nested, or with dotted keys). A value of the wrong kind falls
 * back to its default, and a message for the output says so.
 */
export function readSettings(section: unknown): { settings: Settings; messages: string[] } {
  const messages: string[] = [];
  if (section === undefined || section === null) return { settings: DEFAULT_SETTINGS, messages };

  function read<T>(path: string, valid: (value: unknown) => value is T, expected: string, fallback: T): T {
    const value = lookUp(section, path);
    if (value === undefined || value === null) return fallback;
    if (valid(value)) return value;
    messages.push(
      `gradlens.${path} is ${clip(value)}, expected ${expected}: using ${JSON.stringify(fallback)}`,
    );
    return fallback;
  }

  const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
  const isMode = (value: unknown): value is InlayHintsMode => MODES.includes(value as InlayHintsMode);
  const isShape = (value: unknown): value is GenerateShape => SHAPES.includes(value as GenerateShape);
  const isStyle = (value: unknown): value is GenerateStyle => STYLES.includes(value as GenerateStyle);
  const within =
    (low: number, high: number) =>
    (value: unknown): value is number =>
      Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
  const isStrings = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((item) => typeof item === 'string');
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && !Array.isArray(value);

  const d = DEFAULT_SETTINGS;
  const settings: Settings = {
    enable: read('enable', isBoolean, 'true or false', d.enable),
    hover: read('hover.enable', isBoolean, 'true or false', d.hover),
    codeLens: read('codeLens.enable', isBoolean, 'true or false', d.codeLens),
    inlayHints: read('inlayHints.mode', isMode, `one of ${MODES.join(', ')}`, d.inlayHints),
    severity: severities(read('diagnostics.severity', isRecord, 'an object', {}), messages),
    significantDigits: read(
      'significantDigits',
      within(1, 17),
      'an integer from 1 to 17',
      d.significantDigits,
    ),
    budgetSteps: read(
      'budget.steps',
      within(1000, 30_000_000),
      'an integer from 1000 to 30000000',
      d.budgetSteps,
    ),
    generateStyle: read('generate.style', isStyle, `one of ${STYLES.join(', ')}`, d.generateStyle),
    generateCheckpoints: read('generate.checkpoints', isBoolean, 'true or false', d.generateCheckpoints),
    generateShape: read('generate.shape', isShape, `one of ${SHAPES.join(', ')}`, d.generateShape),
    exclude: read('exclude', isStrings, 'a list of globs', d.exclude),
  };
  return { settings, messages };
}

function severities(record: Record<string, unknown>, messages: string[]): Record<string, SeveritySetting> {
  const result: Record<string, SeveritySetting> = {};
  for (const [id, value] of Object.entries(record)) {
    if (SEVERITIES.includes(value as SeveritySetting)) result[id] = value as SeveritySetting;
    else
      messages.push(
        `gradlens.diagnostics.severity: ${id} is ${clip(value)}, expected ${SEVERITIES.join(', ')}`,
      );
  }
  return result;
}

/** `a.b` in {a: {b: …}}, {'a.b': …} or {'a': {'b': …}}. */
function lookUp(section: unknown, path: string): unknown {
  if (typeof section !== 'object' || section === null) return undefined;
  const record = section as Record<string, unknown>;
  if (Object.hasOwn(record, path)) return record[path];
  const dot = path.indexOf('.');
  if (dot < 0) return undefined;
  return lookUp(record[path.slice(0, dot)], path.slice(dot + 1));
}

function clip(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
