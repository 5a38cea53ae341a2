import { z } from 'zod';
import { defineRead } from '../define.ts';
import { spaceShape, text } from '../inputs.ts';
import { orProblem, tagless } from '../readable-body.ts';
import { oneLine } from '../render.ts';
import { readTemplate } from './template.ts';
import { templateMarkdown, type Variable, variablesOf } from './variables.ts';

/** Of a template's body in the text. */
const mostChars = 50_000;

const described = ({ name, type, options }: Variable): string =>
  `${oneLine(name)} (${type}${options.length === 0 ? '' : `: ${options.map(oneLine).join(' | ')}`})`;

export const getTemplate = defineRead({
  name: 'get_template',
  input: z.object({ template_id: text, format: z.enum(['markdown', 'storage']).optional() }),
  output: z.object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    kind: z.enum(['page', 'blueprint']),
    space: spaceShape.nullable(),
    labels: z.array(z.string()),
    format: z.enum(['markdown', 'storage']),
    body: z.string(),
    variables: z.array(z.object({ name: z.string(), type: z.string(), options: z.array(z.string()) })),
  }),
  async run(ctx, o) {
    const template = await readTemplate(ctx, o.template_id);
    const storage = template.body ?? '';
    const format = o.format ?? 'markdown';
    const read = orProblem(() => ({ markdown: templateMarkdown(storage), variables: variablesOf(storage) }));
    const body = format === 'storage' ? storage : (read.value?.markdown ?? tagless(storage));
    const variables = read.value?.variables ?? [];
    const labels = template.labels.map((label) => label.name);
    const { space } = template;
    const values = Object.fromEntries(variables.map(({ name }) => [name, '…']));
    const use =
      variables.length === 0
        ? `create_page with template_id "${template.id}" makes a page of it.`
        : `Its variables${format === 'markdown' ? ', written {{name}} below,' : ''} are: ${variables.map(described).join('; ')}. create_page with template_id "${template.id}" and template_values ${JSON.stringify(values)} makes a page of it.`;
    const head = [
      `**${oneLine(template.name)}** · ${template.blueprint === null ? 'page template' : 'blueprint'} · ${space === null ? 'whole site' : `${oneLine(space.name)} (${space.key})`} · template_id ${template.id}`,
      ...(template.description === '' ? [] : [oneLine(template.description)]),
      ...(labels.length === 0 ? [] : [`Labels: ${labels.map(oneLine).join(', ')}`]),
      use,
      ...(read.problem === null
        ? []
        : [
            `Confluence holds its body malformed at line ${read.problem.line}, column ${read.problem.column}, so this is its ${format === 'storage' ? 'raw storage' : 'plain text'}, and its variables are not known.`,
          ]),
    ];
    const long = body.length > mostChars;
    const shown = long
      ? `${body.slice(0, mostChars).toWellFormed()}\n\n(${body.length - mostChars} more characters; the data of this answer has all of it.)`
      : body;
    return {
      text: `${head.join('\n')}\n\n${body.trim() === '' ? '(The body is empty.)' : shown}`,
      data: {
        id: template.id,
        name: template.name,
        description: template.description,
        kind: template.blueprint === null ? 'page' : 'blueprint',
        space,
        labels,
        format,
        body,
        variables,
      },
      sources: [],
      label: `Read the template "${template.name}"`,
      untrusted: true,
    };
  },
});
