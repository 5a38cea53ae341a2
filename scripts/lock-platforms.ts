// Completes the lock files after `npm install`: a registry mirror may lack the binaries of other platforms, and npm
// then leaves them out of the lock, which `npm ci` refuses. Run: node scripts/lock-platforms.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Lock = {
  packages: Record<
    string,
    { version?: string; optional?: boolean; optionalDependencies?: Record<string, string> }
  >;
};

const systems = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openharmony',
  'sunos',
  'win32',
  'aix',
  'openbsd',
  'netbsd',
];
const processors = [
  'arm64',
  'x64',
  'arm',
  'ia32',
  'riscv64',
  'ppc64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32',
];

/** The platform a binary package is for, read off its name: `@next/swc-linux-x64-musl`. */
function platformOf(name: string) {
  const words = name.split(/[-/]/);
  const os = systems.filter(
    (system) =>
      words.includes(system) || (system === 'linux' && words.some((w) => w.startsWith('linuxmusl'))),
  );
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.includes('musl'))
    ? ['musl']
    : words.includes('gnu')
      ? ['glibc']
      : [];
  return {
    ...(os.length > 0 ? { os } : {}),
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(libc.length > 0 ? { libc } : {}),
  };
}

/** Names and exact versions of optional dependencies that the lock names and does not hold. */
export function missingPlatforms(lock: Lock): Map<string, string> {
  const missing = new Map<string, string>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const nested = `${path}/node_modules/${name}`;
      if (/^\d/.test(version) && !lock.packages[`node_modules/${name}`] && !lock.packages[nested])
        missing.set(name, version);
    }
  }
  return missing;
}

/** The lock of the product, and the one of the clients that the stories run against it. */
export const lockFiles = ['package-lock.json', 'e2e/clients/package-lock.json'];

function complete(file: string): void {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  for (const [name, version] of missingPlatforms(lock)) {
    lock.packages[`node_modules/${name}`] = { version, optional: true, ...platformOf(name) };
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

if (process.argv[1] === import.meta.filename) {
  for (const file of lockFiles) complete(join(import.meta.dirname, '..', file));
}
