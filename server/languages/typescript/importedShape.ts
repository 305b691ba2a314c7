/**
 * The shape of a type that leads to other files. They are read when something asks what the shape is, and asked again
 * when they have changed: lowering a statement reads no file but its own.
 */
import type { Shape } from '../../../core/source/shape.ts';
import type { DeclaredType, TypeLookup, TypeTerm } from './declared.ts';
import { resolveShape } from './resolveTypes.ts';

/** What other files declare. */
export interface ImportedTypes {
  /** Another one where any of what they say has changed. */
  readonly stamp: number;
  /** The type that the module exports under a name. */
  lookup(name: string, specifier: string): DeclaredType | undefined;
}

type Keys = 'kind' | 'element' | 'typed' | 'also' | 'elements' | 'fields' | 'class' | 'shape' | 'named';
type Read = { readonly [K in Keys]?: unknown };

class ImportedShape implements Read {
  readonly #term: TypeTerm;
  readonly #lookup: TypeLookup;
  readonly #imports: ImportedTypes;
  #stamp: number | undefined;
  #shape: Read | undefined;

  constructor(term: TypeTerm, lookup: TypeLookup, imports: ImportedTypes) {
    this.#term = term;
    this.#lookup = lookup;
    this.#imports = imports;
  }

  private get read(): Read {
    const { stamp } = this.#imports;
    if (this.#shape === undefined || this.#stamp !== stamp) {
      this.#shape = resolveShape(this.#term, this.#lookup);
      this.#stamp = this.#imports.stamp;
    }
    return this.#shape;
  }

  get kind(): unknown {
    return this.read.kind;
  }
  get element(): unknown {
    return this.read.element;
  }
  get typed(): unknown {
    return this.read.typed;
  }
  get also(): unknown {
    return this.read.also;
  }
  get elements(): unknown {
    return this.read.elements;
  }
  get fields(): unknown {
    return this.read.fields;
  }
  get class(): unknown {
    return this.read.class;
  }
  get shape(): unknown {
    return this.read.shape;
  }
  get named(): unknown {
    return this.read.named;
  }
  toJSON(): Read {
    return this.read;
  }
}

export function importedShape(term: TypeTerm, lookup: TypeLookup, imports: ImportedTypes): Shape {
  return new ImportedShape(term, lookup, imports) as unknown as Shape;
}
