import { Section } from '#components/settings';
import type { OwnToolkitView, ToolkitView } from '#lib/wire';
import { AddToolkit } from './add-toolkit.tsx';
import { ToolkitCard } from './toolkit-card.tsx';

type AdminProps = {
  toolkits: readonly ToolkitView[];
  /** How the admin stands to them. */
  own: readonly OwnToolkitView[];
  inside: boolean;
  callback: string;
};

/** For admins: which other MCP servers there are, and what their tools may do. */
export function ToolkitAdmin({ toolkits, own, inside, callback }: AdminProps) {
  const standing = new Map(own.map((one) => [one.slug, one.standing]));
  return (
    <>
      {toolkits.length === 0 ? null : (
        <Section
          title="What they may do"
          lead="A tool counts as a write, which asks its person first, until you say otherwise; what its server says of it is only shown. Its definition is kept as you looked at it: when it changes, the tool is blocked."
        >
          <div className="space-y-4">
            {toolkits.map((toolkit) => (
              <ToolkitCard
                key={toolkit.id}
                toolkit={toolkit}
                mustConnect={['not_connected', 'expired'].includes(standing.get(toolkit.slug) ?? '')}
              />
            ))}
          </div>
        </Section>
      )}
      <Section
        title="Add a toolkit"
        lead="Another MCP server. Its tools join those of Confluence under its name, with the same approvals. Add only servers you trust: their answers reach the model."
      >
        <AddToolkit inside={inside} callback={callback} />
      </Section>
    </>
  );
}
