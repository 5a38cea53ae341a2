'use client';

import { memo, useState } from 'react';
import { CopyButton } from '#components/ui';
import { ChartView } from './chart.tsx';
import { chartOf } from './chart-bars.ts';
import { type Block, type Parsed, parseBlocks } from './parse-blocks.ts';
import { renderNode } from './render-node.tsx';

const BlockView = memo(function BlockView({ block }: { block: Block }) {
  const { node } = block;
  if (node.type !== 'code') return renderNode(node);
  const chart = node.lang === 'chart' ? chartOf(node.value) : null;
  if (chart !== null) return <ChartView chart={chart} />;
  return (
    <div className="group relative">
      {renderNode(node)}
      <div className="absolute top-1.5 right-1.5 rounded-md bg-sunken opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
        <CopyButton text={node.value} label="Copy code" />
      </div>
    </div>
  );
});

/** An answer's Markdown, drawn block by block: a block that is finished is not drawn again. */
export function Markdown({ text, streaming = false }: { text: string; streaming?: boolean }) {
  const [parsed, setParsed] = useState<Parsed & { streaming: boolean }>(() => ({
    ...parseBlocks(text, streaming, null),
    streaming,
  }));
  let shown = parsed;
  if (parsed.text !== text || parsed.streaming !== streaming) {
    shown = { ...parseBlocks(text, streaming, parsed), streaming };
    setParsed(shown);
  }
  return (
    <div className="prose">
      {shown.blocks.map((block) => (
        <BlockView key={block.id} block={block} />
      ))}
    </div>
  );
}
