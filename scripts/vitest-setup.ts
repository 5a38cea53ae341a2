import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';

// Every test file has a data folder and a database of its own.
const folder = mkdtempSync(join(tmpdir(), 'confab-test-'));
process.env.DATA_DIR = folder;
process.env.LOG_LEVEL = 'silent';
// There the schemas of confluence.js refuse what they do not describe: what the practice Confluence answers is held to them.
if (expect.getState().testPath?.includes('/lib/tools/')) process.env.AUDIT_SCHEMAS = 'true';

afterAll(() => rmSync(folder, { recursive: true, force: true }));
