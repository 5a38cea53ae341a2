import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

// Every test file has a data folder and a database of its own.
const folder = mkdtempSync(join(tmpdir(), 'confab-test-'));
process.env.DATA_DIR = folder;
process.env.LOG_LEVEL = 'silent';

afterAll(() => rmSync(folder, { recursive: true, force: true }));
