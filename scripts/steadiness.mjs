// @ts-check
// Whether the panel lets go of what it does not need any more:   npm run steadiness [-- --help]
import { importTypeScript } from './lib/import-typescript.mjs';
import { packageIfChanged, vsixFile } from './package.mjs';

const { main } = await importTypeScript('test/e2e/steadiness.ts');
await main(process.argv.slice(2), async () => {
  await packageIfChanged();
  return vsixFile;
});
