import {
  approvalUrl,
  changeOfCall,
  changeResultText,
  changeText,
  decide,
  noteCall,
  waitForDecision,
} from '#lib/approvals';
import { verifyKey, verifyToken } from '#lib/auth';
import { connectionView, openConnection } from '#lib/connections';
import { catalogue, discover, execute, findOperation, refusal } from '#lib/router';
import type { McpDeps } from './deps.ts';

export const realDeps: McpDeps = {
  execute,
  discover,
  findOperation,
  operations: catalogue,
  refusal,
  decide,
  waitForDecision,
  changeOfCall,
  noteCall,
  approvalUrl,
  changeResultText,
  changeText,
  connectionView,
  openConnection,
  verifyKey,
  verifyToken,
};
