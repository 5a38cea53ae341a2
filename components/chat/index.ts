export { ChatScreen } from './chat-screen.tsx';
export { NewChat } from './new-chat.tsx';
