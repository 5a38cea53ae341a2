import { credentialId, toolkitBySlug } from '#lib/toolkits';

/** Whether a person has access to a toolkit that is switched on. */
export async function toolkitConnected(userId: string, slug: string): Promise<boolean> {
  const toolkit = toolkitBySlug(slug);
  return toolkit !== null && (await credentialId(toolkit, userId)) !== null;
}
