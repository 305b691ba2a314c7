// @ts-check
// A look at the product in the real workbench; --help tells.
import { importTypeScript } from './lib/import-typescript.mjs';
import { packageIfChanged, vsixFile } from './package.mjs';

const { main } = await importTypeScript('test/e2e/screenshot.ts');
await main(process.argv.slice(2), async () => {
  await packageIfChanged();
  return vsixFile;
});
