/**
 * Where the practice Confluence knowingly differs from Atlassian's OpenAPI documents, or offers less than they
 * describe. `like-live`: what was seen on live sites wins over the document. `less`: the practice site does less.
 */
export type Deviation = { where: string; kind: 'like-live' | 'less'; what: string };

export const deviations: readonly Deviation[] = [
  {
    where: 'PUT /wiki/api/v2/pages/{id}',
    kind: 'like-live',
    what: 'A version number other than current + 1 is a 409; the document does not list 409.',
  },
  {
    where: 'GET /wiki/api/v2/pages and others',
    kind: 'like-live',
    what: 'parentId and parentType are null at the top of a space; the document says string.',
  },
  {
    where: 'GET /wiki/api/v2/pages/{id}?body-format=export_view and others',
    kind: 'like-live',
    what: 'The body comes under the name of the asked format; the document lists storage, atlas_doc_format and view only.',
  },
  {
    where: 'DELETE /wiki/api/v2/pages/{id}',
    kind: 'like-live',
    what: 'Children of a deleted page stay, archived and without a parent.',
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
    what: 'watcher, favourite and pageStatus match nothing: the practice site keeps no watches, favourites or page statuses.',
  },
  {
    where: 'GET /wiki/rest/api/content/{id}/label',
    kind: 'less',
    what: 'Still answered, though it has left the document; clients should read labels through v2.',
  },
  {
    where: 'GET /wiki/rest/api/content/{id}/restriction/byOperation',
    kind: 'like-live',
    what: 'Answers read and update side by side; the schema in the document describes no possible answer.',
  },
  {
    where: 'GET /wiki/rest/api/content, /space and their kin',
    kind: 'like-live',
    what: 'Removed endpoints answer 410.',
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
    where: 'GET /wiki/api/v2/pages/{id}',
    kind: 'less',
    what: 'include-webresources, include-collaborators and include-direct-children change nothing.',
  },
  {
    where: 'GET /wiki/api/v2/spaces/{id}',
    kind: 'less',
    what: 'include-permissions and include-role-assignments change nothing.',
  },
  {
    where: 'POST /wiki/rest/api/content/{id}/permission/check',
    kind: 'less',
    what: 'Checks people, not groups.',
  },
  {
    where: 'GET /wiki/api/v2/pages/{id}/likes/count',
    kind: 'less',
    what: 'Always 0: the API cannot like, so nothing here is liked.',
  },
  {
    where: 'endpoints not offered',
    kind: 'less',
    what: '501 with the method and path in the message, where the live service would answer.',
  },
  {
    where: 'GET /authorize',
    kind: 'less',
    what: 'No passwords: the person is chosen from a list. Any client id is let in unless SANDBOX_CLIENT_ID is set.',
  },
];
