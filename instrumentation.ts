/** Runs once when the server starts: what a stopped server left in mid-air is taken to where it can rest. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startUp } = await import('./app/start-up.ts');
  await startUp();
}
