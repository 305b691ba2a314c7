/** What may be asked of the generator, and what it answers. */
import type { DerivativeKind, DerivativeMode } from '../derive/kinds.ts';
import type { Problem } from '../problem.ts';
import type { Program } from '../program/program.ts';
import type { KeysGuard } from './guards.ts';
import type { Constant, Length } from './parameters.ts';
import type { Remarked } from './remarks.ts';
import type { UserType } from './userTypes.ts';

/** A parameter by its index (or `'this'`), then keys: everything below it. */
export type InputPath = readonly (string | number)[];

/** How the file around it is written. */
export interface Format {
  /** One level: spaces or a tab. */
  readonly indentation: string;
  readonly quotes: "'" | '"';
  readonly semicolons: boolean;
}

export const DEFAULT_FORMAT: Format = { indentation: '  ', quotes: "'", semicolons: true };

export type Style = 'readable' | 'fast';
export const STYLES: readonly Style[] = ['readable', 'fast'];

/** For arrays of any lengths, or for what a sample has alone. */
export type GeneratedShape = 'open' | 'sample';
export const SHAPES: readonly GeneratedShape[] = ['open', 'sample'];

/** Reads `auto` as: forward where there are no more inputs than outputs, all of them numbers. */
export type Mode = 'auto' | DerivativeMode;
export const MODES: readonly Mode[] = ['auto', 'forward', 'reverse'];

export interface GenerateRequest {
  readonly kind: DerivativeKind;
  readonly language: 'ts' | 'js';
  readonly mode?: Mode;
  readonly style?: Style;
  /** Whether loops keep checkpoints and run again from them, instead of all that their reverse needs. */
  readonly checkpoints?: boolean;
  /** In the order of the answer; absent: every parameter on which a result depends smoothly. */
  readonly wrt?: readonly InputPath[] | undefined;
  /** The function's name and what is made of it (`fGradient`) unless said otherwise. */
  readonly name?: string | undefined;
  /** The names of all parameters of the function: what generated code does not read keeps its place. */
  readonly parameters?: readonly string[];
  /** What it is generated for alone: told in the header, guarded in the code. */
  readonly constants?: readonly Constant[];
  /** The shape that it is generated for alone, told and guarded too: that of a sample. */
  readonly lengths?: readonly Length[];
  /** What of the arguments is there and what is not: guarded. */
  readonly keys?: readonly KeysGuard[];
  /** The types of the function's parameters where they have names in the scope around it. */
  readonly types?: readonly (UserType | undefined)[];
  /** Comments that carry over where code is to be read. */
  readonly remarks?: readonly Remarked[];
  /** Names of the scope around it, which its own must not take. */
  readonly taken?: Iterable<string>;
  readonly format?: Partial<Format>;
  /** Whether element access is asserted (`x[i]!`), as noUncheckedIndexedAccess wants it; true unless said otherwise. */
  readonly asserted?: boolean;
  /** True unless said otherwise. */
  readonly exported?: boolean;
}

/** Holds derivative Programs against what they are the derivatives of, before they become code. */
export interface Holding {
  /** What is wrong with one. */
  check(derived: Program): Problem | undefined;
  /** Sentences for the header: what could not be held. */
  readonly notes: readonly string[];
}

export interface Generated {
  readonly kind: 'generated';
  /** Whole text: helpers first, then the function with its header; ends with a line's end. */
  readonly code: string;
  /** The name of the function that others call. */
  readonly name: string;
  /** What it was differentiated with respect to, in the order of its answer. */
  readonly inputs: readonly InputPath[];
  /** The sentences of its header. */
  readonly header: readonly string[];
  readonly problems: readonly Problem[];
}

export type GenerateAnswer = Generated | { readonly kind: 'refused'; readonly problem: Problem };

const SUFFIX: { readonly [K in DerivativeKind]: string } = {
  gradient: 'Gradient',
  'value-and-gradient': 'ValueAndGradient',
  jacobian: 'Jacobian',
  hessian: 'Hessian',
  jvp: 'Jvp',
  vjp: 'Vjp',
  hvp: 'Hvp',
};

/** `f`, `Class.method` → `fGradient`, `methodGradient`. */
export function defaultName(of: string, kind: DerivativeKind): string {
  return `${of.slice(of.lastIndexOf('.') + 1)}${SUFFIX[kind]}`;
}
