// @ts-check
// Pictures of the panel on examples:   node scripts/pictures.mjs [--help]
import { importTypeScript } from './lib/import-typescript.mjs';
import { packageIfChanged, vsixFile } from './package.mjs';

const { main } = await importTypeScript('test/e2e/pictures.ts');
await main(process.argv.slice(2), async () => {
  await packageIfChanged();
  return vsixFile;
});
