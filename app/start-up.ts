import { env } from '#env';
import { recoverRuns } from '#lib/agent';
import { expireChanges, recoverChanges } from '#lib/approvals';
import { demoPeople, firstAdminToken, removeSpentRights, userById } from '#lib/auth';
import { waitingChats } from '#lib/chats';
import { connectDemoPerson } from '#lib/connections';
import { sweepFiles } from '#lib/files';
import { loadToolkits } from '#lib/toolkits';
import { log } from '#log';
import { goOn } from './go-on.ts';

const sweepEveryMs = 60_000;

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

async function goOnWith(chats: readonly { userId: string; chatId: string }[]): Promise<void> {
  for (const { userId, chatId } of chats) {
    const user = await userById(userId);
    if (user !== null) await goOn(user, chatId);
  }
}

/** What has ended goes (keys and grants, proposals that nobody decided, files kept for a while); what is in mid-air comes to rest as soon as Confluence can be read. */
async function sweep(): Promise<void> {
  await removeSpentRights();
  await goOnWith(await expireChanges());
  await goOnWith(await recoverChanges());
  await sweepFiles();
}

/** Recovery must not keep the server from answering: it needs Confluence, which may be slow or away. */
async function recover(): Promise<void> {
  await recoverRuns();
  // The server may have stopped between a decision and the answer that goes on after it.
  await goOnWith(await waitingChats());
  await sweep();
}

/** One sweep at a time, however long it takes. */
function sweepLater(): void {
  const run = () =>
    sweep()
      .catch((error: unknown) => log.error({ err: error }, 'a sweep over the proposals failed'))
      .finally(sweepLater);
  setTimeout(run, sweepEveryMs).unref();
}

export async function startUp(): Promise<void> {
  await loadToolkits();
  await startPeople();
  recover()
    .catch((error: unknown) => log.error({ err: error }, 'recovery after start failed'))
    .finally(sweepLater);
}
