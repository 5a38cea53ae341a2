import { env } from '#env';
import { continueTurn, recoverRuns } from '#lib/agent';
import { expireChanges, recoverChanges } from '#lib/approvals';
import { demoPeople, firstAdminToken, userById } from '#lib/auth';
import { connectDemoPerson } from '#lib/connections';
import { log } from '#log';

const expiryEveryMs = 60_000;

async function startPeople(): Promise<void> {
  const people = await demoPeople();
  if (env().sandbox.peopleStartConnected) {
    for (const person of people) await connectDemoPerson(person);
  }
  const token = await firstAdminToken();
  if (token !== null) {
    process.stderr.write(
      `\nNobody can sign in yet. Make the first admin: ${env().publicUrl}/sign-in/first\n  Token (works once): ${token}\n\n`,
    );
  }
}

/** Recovery must not keep the server from answering: it needs Confluence, which may be slow or away. */
async function recover(): Promise<void> {
  await recoverRuns();
  await expireChanges();
  for (const { userId, chatId } of await recoverChanges()) {
    const user = await userById(userId);
    if (user !== null) await continueTurn(user, chatId);
  }
}

export async function startUp(): Promise<void> {
  await startPeople();
  recover().catch((error: unknown) => log.error({ err: error }, 'recovery after start failed'));
  setInterval(() => {
    expireChanges().catch((error: unknown) => log.error({ err: error }, 'expiring proposals failed'));
  }, expiryEveryMs).unref();
}
