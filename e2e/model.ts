import { type App, startApp } from './app.ts';
import { type FakeOpenAi, type ScriptStep, type Seen, startFakeOpenAi } from './fakes/openai.ts';

export type Wire = 'chat' | 'responses';
export const modelName = 'stand-in-1';

/** An app whose model is a stand-in that can be scripted, switched off and on again. Ada is connected. */
export type ModelApp = {
  app: App;
  /** The stand-in as it is now; another one after `up()`. */
  fake: FakeOpenAi;
  /** The steps that the model plays from now on; forgets the requests seen. */
  play(steps: ScriptStep[]): void;
  /** Nobody listens at the model's address any more. */
  down(): Promise<void>;
  /** Somebody listens there again. */
  up(): Promise<void>;
  end(): Promise<void>;
};

export async function startModelApp(wire: Wire): Promise<ModelApp> {
  const first = await startFakeOpenAi();
  const app = await startApp({
    CONFAB_SANDBOX_CONNECTED: '1',
    OPENAI_API_KEY: 'sk-stand-in',
    OPENAI_BASE_URL: `${first.url}/v1`,
    OPENAI_MODEL: modelName,
    OPENAI_API: wire,
  });
  const at = Number(new URL(first.url).port);
  const it: ModelApp = {
    app,
    fake: first,
    play(steps) {
      it.fake.log.length = 0;
      it.fake.script(steps);
    },
    down: () => it.fake.close(),
    async up() {
      it.fake = await startFakeOpenAi(at);
    },
    async end() {
      await app.stop();
      app.remove();
      await it.fake.close();
    },
  };
  return it;
}

type Item = Record<string, unknown>;
const itemsOf = ({ body }: Seen): Item[] => (body.messages ?? body.input ?? []) as Item[];

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return ((content ?? []) as { text?: string }[]).map(({ text }) => text ?? '').join('\n');
}

/** Names of the tools that a request offered to the model. */
export function toolNames({ body }: Seen): string[] {
  const tools = (body.tools ?? []) as { name?: string; function?: { name: string } }[];
  return tools.map((tool) => tool.function?.name ?? tool.name ?? '');
}

/** What a request told the model about its calls, oldest first. */
export function toolResults(seen: Seen): string[] {
  return itemsOf(seen).flatMap((item) => {
    if (item.role === 'tool') return [textOf(item.content)];
    return item.type === 'function_call_output' ? [textOf(item.output)] : [];
  });
}

/** What the person said, as a request told it. */
export function questions(seen: Seen): string[] {
  return itemsOf(seen).flatMap((item) => (item.role === 'user' ? [textOf(item.content)] : []));
}
