/** Files of the disk as far as there is one; of everything else what the client has told. */
import type { Files, Kind } from './files.ts';
import { schemeOf } from './paths.ts';

export class KnownFiles implements Files {
  private readonly disk: Files | undefined;

  constructor(disk: Files | undefined) {
    this.disk = disk;
  }

  private behind(id: string): Files | undefined {
    return schemeOf(id) === 'file' ? this.disk : undefined;
  }

  kind(id: string): Kind {
    return this.behind(id)?.kind(id) ?? 'none';
  }

  read(id: string): string | undefined {
    return this.behind(id)?.read(id);
  }

  real(id: string): string {
    return this.behind(id)?.real(id) ?? id;
  }

  stamp(id: string): string {
    return this.behind(id)?.stamp(id) ?? '';
  }

  forget(): void {
    this.disk?.forget();
  }
}
