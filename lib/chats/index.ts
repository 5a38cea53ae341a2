/** Conversations: who owns them, their messages as a tree, the list. */
export {
  type Chat,
  chatsPerPage,
  createChat,
  deleteChat,
  listChats,
  ownChat,
  renameChat,
  restoreChat,
  setPinned,
  waitingChats,
} from './chats.ts';
export {
  addAnswer,
  addUserMessage,
  answersWithStatus,
  branch,
  chooseBranch,
  claimAnswer,
  filesOf,
  saveAnswer,
} from './messages.ts';
