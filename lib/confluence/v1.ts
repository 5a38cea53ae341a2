/**
 * Functions of Confluence's REST API v1 in use: what v2 lacks (CQL, label writes, groups, moves, restoring
 * a version, downloads). Each takes a `Confluence` first. Two names are mended: `getLongTask`, `downloadAttachment`.
 */
export {
  addLabelsToContent,
  addLabelsToSpace,
  addUserToGroupByGroupId,
  deleteLabelFromSpace,
  downloadAttatchment as downloadAttachment,
  getContentTemplate,
  getCurrentUser,
  getGroupByGroupId,
  getGroupMembersByGroupId,
  getGroupMembershipsForUser,
  getGroups,
  getMacroBodyByMacroId,
  getRestrictions,
  getTask as getLongTask,
  getUser,
  movePage,
  removeLabelFromContentUsingQueryParameter,
  removeMemberFromGroupByGroupId,
  restoreContentVersion,
  searchByCQL,
  searchGroups,
  searchUser,
} from 'confluence.js/v1';
