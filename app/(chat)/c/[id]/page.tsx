import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ChatScreen } from '#components/chat';
import { ConfabError } from '#errors';
import { chatView } from '#lib/agent';
import { currentUser, type User } from '#lib/auth';
import type { ChatView } from '#lib/wire';
import { signedIn } from '../../../signed-in.ts';

type Props = { params: Promise<{ id: string }> };

const load = cache(async (user: User, id: string): Promise<ChatView | null> => {
  try {
    return await chatView(user, id);
  } catch (error) {
    if (error instanceof ConfabError && error.code === 'not_found') return null;
    throw error;
  }
});

const person = cache(currentUser);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const user = await person();
  const chat = user === null ? null : await load(user, (await params).id);
  return chat === null ? {} : { title: chat.title };
}

/** One chat of the signed-in person. */
export default async function ChatPage({ params }: Props) {
  const { id } = await params;
  const user = (await person()) ?? (await signedIn(`/c/${id}`));
  const chat = await load(user, id);
  if (chat === null) notFound();
  return <ChatScreen key={id} chatId={id} initial={chat} />;
}
