import type { Deviation } from '../deviations.ts';

/** Every known difference. */
export const deviations: readonly Deviation[] = [
  {
    where: 'PUT /wiki/api/v2/pages/{id}',
    kind: 'like-live',
    what: 'A version number other than current + 1 is a 409; the document does not list 409.',
  },
  {
    where: 'GET /wiki/api/v2/pages and others',
    kind: 'like-live',
    what: 'parentId, parentType and position are null at the top of a space; the document says string and number.',
  },
  {
    where: 'GET /wiki/api/v2/pages/{id}?body-format=export_view and others',
    kind: 'like-live',
    what: 'The body comes under the name of the asked format; the document lists storage, atlas_doc_format and view only.',
  },
  {
    where: 'POST and PUT /wiki/api/v2/pages and their kin, body in atlas_doc_format',
    kind: 'less',
    what: 'A document with a synced block is kept as ADF alone: its storage body is empty. Which documents live sites give no storage of is not documented.',
  },
  {
    where: 'every write of a body in storage',
    kind: 'like-live',
    what: 'Saved bodies are written anew, as real ones look: local ids on blocks, ids and schema versions on macros, version-at-save on references, start on lists, layouts on tables and macros, paragraphs in list items and cells, named entities for the characters XHTML names.',
  },
  {
    where: 'every write of a body in storage',
    kind: 'less',
    what: 'What live sites rewrite is not documented. Guesses: the order of attributes, columns of equal width on tables without a layout, a span around the words of a check box, `b` as `strong`, plain link texts as rich ones, closed style declarations, no white space between blocks; version-at-save is always 1. A body of the old editor (most blocks without local ids) stays one.',
  },
  {
    where: 'DELETE /wiki/api/v2/pages/{id}',
    kind: 'like-live',
    what: 'Children of a deleted page stay, archived and without a parent, and lose view restrictions they had from it. Whether live sites keep those is not known.',
  },
  {
    where: 'GET and POST /wiki/api/v2/folders',
    kind: 'like-live',
    what: 'createdAt of a folder is a number, epoch milliseconds; position, parentId and parentType are null at the top of a space; childPosition is null for what lies in a folder.',
  },
  {
    where: 'POST /wiki/api/v2/pages/{id}/properties and its kin',
    kind: 'like-live',
    what: 'A key that is there already is a 409, and so is an update with a version other than current + 1; the document lists neither.',
  },
  {
    where: 'PUT /wiki/api/v2/tasks/{id}',
    kind: 'less',
    what: 'Ticking a task changes ac:task-status in the body without a new version. What live sites do with the version is not documented.',
  },
  {
    where: 'PUT /wiki/rest/api/template and DELETE /wiki/rest/api/template/{id}',
    kind: 'less',
    what: 'Blueprint templates are refused: none of them is a customised one that could be reset.',
  },
  {
    where: 'POST /wiki/api/v2/whiteboards',
    kind: 'less',
    what: 'templateKey and locale are checked, but the new whiteboard has nothing on it.',
  },
  {
    where:
      'GET /wiki/api/v2/folders/{id} and its kin, GET /wiki/api/v2/custom-content/{id}, GET /wiki/api/v2/attachments/{id}',
    kind: 'less',
    what: 'include-collaborators and include-direct-children change nothing; of folders and their kin include-operations and include-properties do not either.',
  },
  {
    where: 'POST /wiki/api/v2/content/convert-ids-to-types',
    kind: 'like-live',
    what: 'Ids that are gone or not visible are null, as the description of the endpoint says; its schema says string.',
  },
  {
    where: 'GET /wiki/api/v2/attachments and others',
    kind: 'like-live',
    what: 'mediaTypeDescription is null for types that have no name; the document says string.',
  },
  {
    where: 'GET /wiki/api/v2/pages/{id}?get-draft=true',
    kind: 'less',
    what: 'The open draft beside a page is one for all who may edit it; those who may only read get the page itself.',
  },
  {
    where: 'PUT /wiki/api/v2/pages/{id} and /title',
    kind: 'less',
    what: 'Links of other pages to a renamed page keep the old title; live sites rewrite them.',
  },
  {
    where: 'POST /wiki/api/v2/pages',
    kind: 'less',
    what: 'embedded changes nothing.',
  },
  {
    where: 'GET /wiki/api/v2/spaces/{id}/content/labels',
    kind: 'less',
    what: 'Without prefix labels of every prefix are answered; the document names my and team as the default.',
  },
  {
    where: 'GET /wiki/api/v2/spaces',
    kind: 'less',
    what: 'Nobody has favourites: favorited-by finds no space, not-favorited-by every one.',
  },
  {
    where: 'POST and DELETE /wiki/rest/api/space/{spaceKey}/label',
    kind: 'less',
    what: 'Asks for the right to administer the space; the document speaks of the right to edit.',
  },
  {
    where: 'GET /wiki/rest/api/content/{id}/history/{version}/macro/id/{macroId}',
    kind: 'less',
    what: 'Macros are found by macro id or local id, not by the hash of their body.',
  },
  {
    where: 'GET /wiki/rest/api/group and members, GET /wiki/rest/api/search/user',
    kind: 'less',
    what: 'accessType and sitePermissionTypeFilter change nothing; guests are listed with the others, and guests may list everyone.',
  },
  {
    where: 'every v2 error',
    kind: 'like-live',
    what: 'Error bodies are {errors: [{status, code, title, detail}]}; the document gives none.',
  },
  {
    where: 'a missing scope',
    kind: 'like-live',
    what: '401 {"code":401,"message":"Unauthorized; scope does not match"}, whatever the endpoint documents.',
  },
  {
    where: 'GET /wiki/rest/api/search',
    kind: 'like-live',
    what: '`start` is ignored; a page may be short; totalSize is an estimate; the next link drops `excerpt`; siteSearch counts only as first or last clause.',
  },
  {
    where: 'GET /wiki/rest/api/search',
    kind: 'less',
    what: 'favourite matches nothing: the practice site keeps no favourites; watcher knows watches of pages and posts. sitePermissionTypeFilter, prev and next change nothing, nor does cqlcontext, which is no filter on live sites either.',
  },
  {
    where: 'GET /wiki/rest/api/content/{id}/restriction/byOperation',
    kind: 'like-live',
    what: 'Answers read and update side by side; the schema in the document describes no possible answer.',
  },
  {
    where: 'GET /wiki/rest/api/content, /space and their kin',
    kind: 'like-live',
    what: 'Endpoints that have left v1 answer 410; whether the live service says 410 or 404 is not established.',
  },
  {
    where: '202 answers with a long task',
    kind: 'like-live',
    what: 'links.status begins with /rest/api and lacks /wiki, so it leads nowhere; the id does.',
  },
  {
    where: 'POST /wiki/rest/api/content/archive',
    kind: 'like-live',
    what: 'Children that are not in the list move up to where their parent stood, as the product does; the document is silent. Missing rights are a 403.',
  },
  {
    where: 'POST /wiki/rest/api/content/{id}/copy',
    kind: 'less',
    what: 'existing_page as destination is a 400, since it overwrites a page.',
  },
  {
    where: 'POST /wiki/rest/api/content/{id}/pagehierarchy/copy',
    kind: 'less',
    what: 'Any title that is taken is a 400 at once; links between the copied pages keep leading to the originals.',
  },
  {
    where: 'DELETE /wiki/rest/api/content/{id}/pageTree',
    kind: 'less',
    what: 'Whatever is current below the page goes to the trash, folders and whiteboards too.',
  },
  {
    where: 'GET /wiki/rest/api/longtask',
    kind: 'less',
    what: "Lists the caller's own tasks of the last day, finished ones too; steps take task_step_ms each, as far as time has gone when somebody asks.",
  },
  {
    where: 'content states',
    kind: 'less',
    what: 'Every space has the same four states; contentState is left out where there is none.',
  },
  {
    where: 'POST and PUT /wiki/api/v2/pages',
    kind: 'less',
    what: 'wiki markup is refused with 400; ADF nodes without a counterpart here are refused by name.',
  },
  {
    where: 'PUT /wiki/api/v2/pages/{id}',
    kind: 'less',
    what: 'An open draft is overwritten by a published version; it is not merged.',
  },
  {
    where: 'GET /wiki/api/v2/pages/{id} and /blogposts/{id}',
    kind: 'less',
    what: 'include-webresources, include-collaborators and include-direct-children change nothing.',
  },
  {
    where: 'GET /wiki/api/v2/spaces/{id}',
    kind: 'less',
    what: 'include-role-assignments changes nothing.',
  },
  {
    where: 'POST and DELETE /wiki/rest/api/space/{spaceKey}/permission',
    kind: 'like-live',
    what: 'Apps get 403 whatever their scopes: the reference says that apps cannot access this resource. On a site with roles the request is a 400.',
  },
  {
    where: 'GET /wiki/api/v2/space-roles and role assignments',
    kind: 'less',
    what: 'Four system roles, no custom ones. The document names neither the ids of permissions nor those of access classes; here they are `operation/target`, `all-licensed-users` and `anonymous-users`. Sites without roles answer 404.',
  },
  {
    where: 'POST /wiki/rest/api/space',
    kind: 'less',
    what: 'Permissions cannot be given along; a space is open to everyone or private.',
  },
  {
    where: 'GET /wiki/rest/api/user/watch/..., restrictions and members of groups',
    kind: 'less',
    what: 'A person is named by accountId only, not by key or username.',
  },
  {
    where: 'GET /wiki/rest/api/analytics/content/{contentId}/views and /viewers',
    kind: 'like-live',
    what: '403 {"reason":"ViewAnalyticsRestricted"} where analytics may not be seen (standard plan here), as connectors report.',
  },
  {
    where: 'GET /wiki/rest/api/analytics/content/{contentId}/views and /viewers',
    kind: 'less',
    what: 'Counts are kept by UTC day, so the time of day in fromDate is ignored; only pages opened in a browser count.',
  },
  {
    where: 'GET /wiki/rest/api/audit',
    kind: 'less',
    what: 'Holds the demo records and what changes rights, groups, spaces, restrictions, the admin key or exports the log here; changedValues is empty.',
  },
  {
    where: 'GET /wiki/api/v2/data-policies/metadata and /spaces',
    kind: 'less',
    what: 'API tokens get 401: "Only apps can make this request". What the live service answers them is not known. Blocked content stays readable.',
  },
  {
    where: 'requests with Atl-Confluence-With-Admin-Key: true',
    kind: 'like-live',
    what: 'With an admin key they open restricted pages and spaces; search does not (CONFCLOUD-81961). Without the header the key does nothing.',
  },
  {
    where: 'POST /wiki/api/v2/inline-comments',
    kind: 'like-live',
    what: 'The marker is put into the current version of the page, which gets no new number; a wrong match count is a 400.',
  },
  {
    where: 'DELETE /wiki/api/v2/footer-comments/{comment-id} and /wiki/api/v2/inline-comments/{comment-id}',
    kind: 'less',
    what: 'Replies go too, and the marker of an inline comment leaves the page. What the live service does with them is not known.',
  },
  {
    where: 'PUT and DELETE of comments',
    kind: 'less',
    what: 'The words of a comment may be changed and deleted by its author and by administrators of the space; resolving is open to all who may comment. A version number that is not the next is a 409, which the document does not list.',
  },
  {
    where: 'footer comments on custom content, and its files',
    kind: 'less',
    what: 'None are kept: the lists are empty, and customContentId in a new comment is refused with 400.',
  },
  {
    where: 'PUT /wiki/rest/api/content/{id}/child/attachment/{attachmentId}',
    kind: 'less',
    what: 'The comment is taken from extensions.comment or metadata.comment; the document does not say where it belongs.',
  },
  {
    where: 'GET /wiki/api/v2/attachments/{id}/thumbnail/download',
    kind: 'less',
    what: 'Redirects to the picture in its full size; 404 for what is no picture.',
  },
  {
    where: 'GET /wiki/download/attachments/...',
    kind: 'like-live',
    what: 'The downloadLink of attachments answers 401 to tokens; the v1 download endpoint redirects to a signed address.',
  },
  {
    where: 'endpoints not offered',
    kind: 'less',
    what: '501 with the method and path in the message, where the live service would answer.',
  },
  {
    where: 'requests without credentials',
    kind: 'less',
    what: '401 always, also where a space is open to visitors who are not signed in.',
  },
  {
    where: 'rate limits',
    kind: 'less',
    what: 'One quota for each practice site and one limit a second for every kind of request; on the live service the quota is shared by the sites of an app, and searches have lower limits. The body of a 429 is a guess.',
  },
  {
    where: 'tokens with more than eighty scopes',
    kind: 'like-live',
    what: '400 "Request header is too large", as people report of about eighty scopes.',
  },
  {
    where: 'GET /oauth/token/accessible-resources',
    kind: 'less',
    what: 'A grant with scopes of Jira shows each site once more for Jira, with the same id; there is no Jira behind it.',
  },
  {
    where: 'GET /authorize',
    kind: 'less',
    what: 'No passwords: the person is chosen from a list. Any client id is let in unless SANDBOX_CLIENT_ID is set, with any callback address. Each consent is a grant of its own; on the live service a later one changes what earlier tokens may do.',
  },
  {
    where: 'POST /oauth/token',
    kind: 'less',
    what: 'PKCE is honoured when sent; whether the live service does so is not documented.',
  },
];
