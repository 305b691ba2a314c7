/** Analyses of functions, kept as long as nothing that they depend on changes; runaways refused by content. */
import { analyse } from '../../core/analysis/analyse.ts';
import type { AnalysisRequest, FunctionAnalysis, FunctionTarget } from '../../core/analysis/model.ts';
import type { Annotation } from '../../core/annotations/annotation.ts';
import type { FoundFunction, SourceDocument } from '../workspace/document.ts';
import type { FromWorker, Quarantined } from './channel.ts';

export interface AnalysisInput {
  /** Of the function within its file. */
  readonly id: string;
  readonly found: FoundFunction & { readonly annotation: Annotation };
  /** Equal as long as nothing that the analysis depends on has changed. */
  readonly key: string;
  readonly sample: number;
  readonly steps: number;
  /** Elsewhere than at the sample: every input by label. */
  readonly point?: ReadonlyMap<string, number> | undefined;
  readonly document: SourceDocument;
}

interface Entry {
  readonly what: Quarantined;
  readonly key: string;
  readonly sample: number;
  readonly steps: number;
  readonly point: ReadonlyMap<string, number> | undefined;
  readonly analysis: FunctionAnalysis;
}

/** Analyses kept of one function, the most recent last: its samples, and texts that an undo brings back. */
const KEPT = 8;
/** And of those elsewhere than at a sample. */
const KEPT_ELSEWHERE = 2;
/** Of analyses with more numbers than this on their tapes only those of the present text are kept. */
const SMALL_TAPE = 20_000;

/** Nobody waits for the answer any more, and what was found is nothing to keep. */
export class Interrupted extends Error {}

export class Analyses {
  private readonly entries = new Map<string, Entry[]>();
  private readonly quarantine = new Map<string, Quarantined>();
  private readonly post: (message: FromWorker) => void;
  private readonly interrupted: () => boolean;

  constructor(post: (message: FromWorker) => void, interrupted: () => boolean = () => false) {
    this.post = post;
    this.interrupted = interrupted;
  }

  refuse(quarantine: readonly Quarantined[]): void {
    for (const one of quarantine) this.quarantine.set(one.content, one);
  }

  /** What is known without evaluating anything. */
  peek(input: AnalysisInput): FunctionAnalysis | undefined {
    return this.entries.get(entryKey(input))?.find((entry) => isFor(entry, input))?.analysis;
  }

  get(input: AnalysisInput): FunctionAnalysis {
    const known = this.entries.get(entryKey(input))?.find((entry) => isFor(entry, input));
    if (known !== undefined) {
      // Formulas are found when they are asked for: that is a part of the evaluation too.
      this.announce(known.what);
      return known.analysis;
    }
    const { found, document, sample, steps, point } = input;
    // A target's tree is made when asked for: an analysis keeps the one that it is of.
    const target = { ...found.target, node: found.target.node };
    const { annotation } = found;
    const module = document.moduleSlice(target.statement);
    const texts = module.statements.map((statement) => document.statementOf(statement.key)?.text);
    const content = hash(`${target.name}\0${sample}\0${steps}\0${pointText(point)}${texts.join('\n')}`);
    const what = { content, name: target.name };
    const analysis = this.quarantine.has(content)
      ? refused(target, annotation, sample)
      : this.evaluate({ module, target, annotation, sample, steps, point }, what);
    // The types of other files that it has read since have a say from now on.
    const since = document.sliceKey(target.statement);
    const kept = (this.entries.get(entryKey(input)) ?? []).filter(
      (entry) =>
        entry.key === since ||
        ((entry.analysis.sample ?? entry.analysis.refused)?.tape.length ?? 0) <= SMALL_TAPE,
    );
    kept.push({ what, key: since, sample, steps, point, analysis });
    this.entries.set(entryKey(input), kept.slice(point === undefined ? -KEPT : -KEPT_ELSEWHERE));
    return analysis;
  }

  /** Runs an evaluation so that the main thread can tell what to blame if it never ends. */
  evaluate(request: AnalysisRequest, what: Quarantined): FunctionAnalysis {
    this.announce(what);
    // What is found later, when it is asked for, belongs to another request.
    let over = false;
    const interrupted = (): boolean => !over && this.interrupted();
    const analysis = analyse({ ...request, interrupted });
    if (interrupted()) throw new Interrupted();
    over = true;
    return analysis;
  }

  private announce(what: Quarantined): void {
    this.post({ kind: 'evaluating', what });
  }

  forget(uri: string): void {
    for (const key of this.entries.keys()) if (key.startsWith(`${uri}\0`)) this.entries.delete(key);
  }
}

function entryKey({ id, found: { target }, point }: AnalysisInput): string {
  return `${target.file}\0${id}${point === undefined ? '' : '\0elsewhere'}`;
}

export function pointText(point: AnalysisInput['point']): string {
  return point === undefined ? '' : `${[...point].map(([label, value]) => `${label}=${value}`).join()}\0`;
}

function isFor(entry: Entry, input: AnalysisInput): boolean {
  return (
    entry.key === input.key &&
    entry.sample === input.sample &&
    entry.steps === input.steps &&
    pointText(entry.point) === pointText(input.point) &&
    entry.analysis.isCurrent?.() !== false
  );
}

function refused(target: FunctionTarget, annotation: Annotation, sample: number): FunctionAnalysis {
  return {
    target,
    annotation,
    sampleIndex: sample,
    sampleCount: annotation.samples.length,
    problems: [
      {
        id: 'GL012',
        severity: 'error',
        message: `The evaluation of ${target.name} had to be ended: it, or the loading of what it imports, took too much time (the editor allows about 1 s of the processor, 5 s on request) or memory. It is not tried again until its text changes; gradlens gradient on the command line has more time.`,
        location: { file: target.file, statement: target.statement, span: target.nameSpan },
      },
    ],
    steps: 0,
  };
}

/** FNV-1a twice, from different offsets: 64 bits, so that two texts do not share a refusal. */
export function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x050c5d1f;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + i), 0x01000193);
  }
  return `${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}
