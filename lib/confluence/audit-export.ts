import { BufferSchema } from 'confluence.js/core';
import type { Confluence } from './client.ts';

/**
 * The audit log as the bytes of a CSV or ZIP file. confluence.js' own function reads every answer as text, which
 * breaks a ZIP. Times are epoch milliseconds as text.
 */
export function downloadAuditLog(
  confluence: Confluence,
  o: { format: 'csv' | 'zip'; startDate?: string; endDate?: string; searchString?: string },
): Promise<Buffer> {
  const { format, startDate, endDate, searchString } = o;
  return confluence.sendRequest<Buffer>({
    url: '/wiki/rest/api/audit/export',
    method: 'GET',
    searchParams: { startDate, endDate, searchString, format },
    schema: BufferSchema as never,
  });
}
