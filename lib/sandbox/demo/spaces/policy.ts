/** Policy pages: one form for all, in the words of their owners. */
import { pageMaker } from '../make.ts';
import { inline, prose } from '../prose.ts';
import { box, p, properties, status } from '../storage.ts';
import type { DemoPage } from '../types.ts';

export type Policy = {
  title: string;
  by: string;
  at: number;
  purpose: string;
  scope: string;
  rules: string[];
  owner: string;
  review: string;
  /** An important sentence in a box above the rules. */
  warning?: string;
  exceptions?: string;
};

/** A page labelled `policy`. */
export function policyPage(space: string, policy: Policy): DemoPage {
  return pageMaker(space)({
    title: policy.title,
    by: policy.by,
    at: policy.at,
    labels: ['policy'],
    perWeek: 5,
    body: [
      properties([
        ['Owner', inline(`@${policy.owner}`)],
        ['State', status('Green', 'IN FORCE')],
        ['Next review', inline(`{date:${policy.review}}`)],
      ]),
      prose(`## Purpose\n\n${policy.purpose}\n\n## Scope\n\n${policy.scope}`),
      policy.warning ? box('warning', p(inline(policy.warning))) : '',
      prose(`## Rules\n\n${policy.rules.map((rule, index) => `${index + 1}. ${rule}`).join('\n')}`),
      policy.exceptions ? prose(`## Exceptions\n\n${policy.exceptions}`) : '',
    ],
  });
}
