import type { Operation } from '../operation.ts';
import { listAuditRecords } from './list-audit-records.ts';

/** The operations of the tag `audit`. */
export const auditOperations: readonly Operation[] = [listAuditRecords];
