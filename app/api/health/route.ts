import { database } from '#db';
import { env } from '#env';
import packageJson from '../../../package.json' with { type: 'json' };
import { errorResponse, json } from '../respond.ts';

export const dynamic = 'force-dynamic';

/** For load balancers and operators: which build this is and what it talks to. */
export async function GET(): Promise<Response> {
  try {
    await database();
    const { confluence, model } = env();
    return json({
      status: 'ok',
      version: packageJson.version,
      database: 'sqlite',
      confluence,
      model: model.kind === 'demo' ? 'demo' : model.name,
    });
  } catch (error) {
    return errorResponse(error);
  }
}
