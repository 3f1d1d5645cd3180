// The WebAssembly build of the PDF writer makes the bytes that the native one makes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);
const project = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const site = process.env.CA_SITE ?? path.join(project, 'build/web/site');

test('the PDF of the sample document has the expected hash in WebAssembly', async () => {
  const expected = (await readFile(path.join(project, 'tests/pdf/expected/sample.sha256'), 'utf8')).trim().split('\n');
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-bytes-'));
  try {
    for (const line of expected) {
      const [hash, profile] = line.split(/\s+/);
      const file = path.join(folder, `${profile}.pdf`);
      await run('node', [path.join(site, '..', 'pdf_sample.cjs'), path.join(site, 'fonts'), file, profile]);
      assert.equal(createHash('sha256').update(await readFile(file)).digest('hex'), hash, profile);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
