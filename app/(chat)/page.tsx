import { NewChat } from '#components/chat';
import { signedIn } from '../signed-in.ts';

/** A new chat. */
export default async function NewChatPage() {
  await signedIn('/');
  return <NewChat />;
}
