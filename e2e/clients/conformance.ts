import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const suite = join(import.meta.dirname, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');

export type Revision = '2025-11-25' | '2026-07-28';

/** One check of the suite, as it writes it to `checks.json`. */
type Check = {
  id: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  errorMessage?: string;
};

/** Checks of every scenario that ran, by the name of the scenario. */
export type Checks = Record<string, Check[]>;

/** `server-ping-2026-11-21T04-17-06-251Z` holds the checks of `ping`. */
function checksIn(folder: string): Checks {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      name.replace(/^(?:authorization-)?server-/, '').replace(/-\d{4}-\d\d-\d\dT[\dZ-]+$/, ''),
      JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8')) as Check[],
    ]),
  );
}

async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-conformance-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * All scenarios that a revision requires of a server, run against `url`. The suite sends no headers of ours, so the key
 * is part of the address. Its exit code says nothing here: scenarios with tools of the suite's own always fail.
 */
export function serverChecks(url: string, revision: Revision): Promise<Checks> {
  return inFolder(async (folder) => {
    await new Promise<void>((done) => {
      const args = [suite, 'server', '--url', url, '--requirements', revision, '-o', folder];
      execFile(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 }, () => done());
    });
    return checksIn(folder);
  });
}

/**
 * The scenarios of an authorization server. The suite prints an address for a person to open.
 * @param open opens that address and consents
 */
export function authorizationChecks(
  options: { issuer: string; resource: string; clientId: string; port: number },
  open: (address: string) => Promise<void>,
): Promise<Checks> {
  return inFolder(async (folder) => {
    const child = spawn(
      process.execPath,
      [
        ...[suite, 'authorization', '--url', options.issuer, '--resource', options.resource],
        ...['--client-id', options.clientId, '--port', String(options.port), '-o', folder],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise<void>((done) => child.on('exit', () => done()));
    let printed = '';
    const address = new Promise<string>((found, failed) => {
      child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const line = /^(https?:\S+[?&]response_type=code\S*)$/m.exec(printed);
        if (line?.[1] !== undefined) found(line[1]);
      });
      ended.then(() => failed(new Error(`The suite asked nobody to sign in:\n${printed}`)));
    });
    try {
      await open(await address);
      await ended;
    } finally {
      child.kill();
    }
    return checksIn(folder);
  });
}
