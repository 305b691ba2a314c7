/** Files of the disk as far as there is one; of everything else what the client has told. */
import type { Files, Kind } from './files.ts';
import { directoryOf, join, schemeOf } from './paths.ts';

/** What a folder holds: names, and what they are. */
export type Listing = readonly (readonly [name: string, kind: Exclude<Kind, 'none'>])[];

/** Ids of what has to be asked for. */
export interface Wanted {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** What has been told; null: it is not there, or cannot be read. */
export interface Told {
  readonly files: readonly (readonly [id: string, text: string | null])[];
  readonly folders: readonly (readonly [id: string, listing: Listing | null])[];
}

export class KnownFiles implements Files {
  /** Whether the client can be asked. */
  asks = false;
  private readonly disk: Files | undefined;
  private readonly texts = new Map<string, string | null>();
  private readonly folders = new Map<string, ReadonlyMap<string, Kind> | null>();
  private readonly wantedFiles = new Set<string>();
  private readonly wantedFolders = new Set<string>();
  private told = 0;

  constructor(disk: Files | undefined) {
    this.disk = disk;
  }

  /** What was asked for in vain since this was called before; undefined where nothing was. */
  takeWanted(): Wanted | undefined {
    if (this.wantedFiles.size + this.wantedFolders.size === 0) return undefined;
    const wanted = { files: [...this.wantedFiles], folders: [...this.wantedFolders] };
    this.wantedFiles.clear();
    this.wantedFolders.clear();
    return wanted;
  }

  tell({ files, folders }: Told): void {
    this.told++;
    for (const [id, text] of files) this.texts.set(id, text);
    for (const [id, listing] of folders) this.folders.set(id, listing && new Map(listing));
  }

  /** Forgets what was told of files, and of what lies beside them; undefined: everything. */
  untell(ids: readonly string[] | undefined): void {
    this.told++;
    if (ids === undefined) {
      this.texts.clear();
      this.folders.clear();
    }
    for (const id of ids ?? []) {
      this.texts.delete(id);
      this.folders.delete(directoryOf(id));
    }
  }

  private onDisk(id: string): Files | undefined {
    return schemeOf(id) === 'file' ? this.disk : undefined;
  }

  private canAsk(id: string): boolean {
    return this.asks && id.includes('://') && !id.startsWith('untitled:');
  }

  kind(id: string): Kind {
    const disk = this.onDisk(id);
    if (disk !== undefined) return disk.kind(id);
    if (!this.canAsk(id)) return 'none';
    const folder = directoryOf(id);
    if (folder === id) return 'directory';
    const listing = this.folders.get(folder);
    if (listing !== undefined)
      return listing?.get(id.slice(join(folder, '').replace(/\/$/, '').length + 1)) ?? 'none';
    // A folder that is not there need not be asked for what it holds.
    if (this.kind(folder) === 'directory') this.wantedFolders.add(folder);
    return 'none';
  }

  read(id: string): string | undefined {
    const disk = this.onDisk(id);
    if (disk !== undefined) return disk.read(id);
    const text = this.texts.get(id);
    if (text === undefined && this.canAsk(id) && this.kind(id) === 'file') this.wantedFiles.add(id);
    return text ?? undefined;
  }

  real(id: string): string {
    return this.onDisk(id)?.real(id) ?? id;
  }

  stamp(id: string): string {
    const disk = this.onDisk(id);
    if (disk !== undefined) return disk.stamp(id);
    return this.texts.has(id) ? `told ${this.told}` : '';
  }

  forget(): void {
    this.disk?.forget();
  }
}
