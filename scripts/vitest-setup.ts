import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configureGlobal } from 'fast-check';
import { afterAll, expect } from 'vitest';

// Every test file has a data folder and a database of its own.
const folder = mkdtempSync(join(tmpdir(), 'confab-test-'));
process.env.DATA_DIR = folder;
process.env.LOG_LEVEL = 'silent';
// There the schemas of confluence.js refuse what they do not describe: what the practice Confluence answers is held to them.
if (expect.getState().testPath?.includes('/lib/tools/')) process.env.AUDIT_SCHEMAS = 'true';

// A test run judges the change in hand, so its random inputs are the same each time; `npm run fuzz` looks further.
const seed = Number(process.env.FUZZ_SEED ?? 1);
if (!Number.isSafeInteger(seed)) throw new Error('FUZZ_SEED must be a whole number.');
configureGlobal({ seed });

afterAll(() => rmSync(folder, { recursive: true, force: true }));
