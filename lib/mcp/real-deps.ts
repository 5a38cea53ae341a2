import { approvalUrl, changeResultText, changeText, decide, waitForDecision } from '#lib/approvals';
import { verifyKey } from '#lib/auth';
import { connectionView, openConnection } from '#lib/connections';
import { discover, execute, findOperation } from '#lib/router';
import type { McpDeps } from './deps.ts';

export const realDeps: McpDeps = {
  execute,
  discover,
  findOperation,
  decide,
  waitForDecision,
  approvalUrl,
  changeResultText,
  changeText,
  connectionView,
  openConnection,
  verifyKey,
};
