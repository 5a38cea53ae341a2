import { escapeAttribute, escapeXml } from '../parse/entities.ts';
import { readPageAddress } from '../view/canonical.ts';

/** The link and image targets that stand for something in Confluence. */
export function resource(url: string): { xml: string; anchor: string | null } | null {
  if (url.startsWith('page:')) {
    const { title, space, anchor } = readPageAddress(url);
    if (title === '') return null;
    const key = space === null ? '' : ` ri:space-key="${escapeAttribute(space)}"`;
    return { xml: `<ri:page ri:content-title="${escapeAttribute(title)}"${key} />`, anchor };
  }
  if (url.startsWith('attachment:') && url.length > 11) {
    return { xml: `<ri:attachment ri:filename="${escapeAttribute(url.slice(11))}" />`, anchor: null };
  }
  return null;
}

/** Parameters that Confluence keeps as an address element. */
const ADDRESSES = new Set(['widget url']);

/** The value of a macro's parameter: `page:`, `attachment:`, `user:` and `space:` name things, all else is text. */
export function parameterXml(macro: string, name: string, value: string): string {
  const target = resource(value);
  if (target) return value.startsWith('page:') ? `<ac:link>${target.xml}</ac:link>` : target.xml;
  const [, kind, id = ''] = /^(user|space):([\w:.~-]{1,200})$/.exec(value) ?? [];
  if (kind === 'user') return `<ri:user ri:account-id="${escapeAttribute(id)}" />`;
  if (kind === 'space') return `<ri:space ri:space-key="${escapeAttribute(id)}" />`;
  if (ADDRESSES.has(`${macro} ${name}`)) return `<ri:url ri:value="${escapeAttribute(value)}" />`;
  return escapeXml(value);
}
