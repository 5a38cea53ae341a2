import { ancestorsOf, findPerson, findSpace, labelsOf } from '../db/index.ts';
import type { Call } from '../rest/route.ts';
import { tinyCode } from '../rest/tiny-code.ts';
import { bodyJson, singleFormats, webuiOf } from '../rest-v2/shapes.ts';
import type { Attachment, Comment, Content, Group, Label, Person, Space } from '../types.ts';

/** A person as v1 shows them. */
export function userJson(call: Call, person: Person): Record<string, unknown> {
  return {
    type: 'known',
    accountId: person.accountId,
    accountType: 'atlassian',
    email: person.email,
    publicName: person.name,
    displayName: person.name,
    profilePicture: { path: '/wiki/aa-avatar/avatar.svg', width: 48, height: 48, isDefault: true },
    timeZone: person.timeZone,
    isExternalCollaborator: person.isGuest,
    isGuest: person.isGuest,
    _expandable: { operations: '', personalSpace: '' },
    _links: { self: `${call.base}/rest/api/user?accountId=${encodeURIComponent(person.accountId)}` },
  };
}

/** How visitors who are not signed in are shown. */
export function anonymousJson(call: Call): object {
  return {
    type: 'anonymous',
    profilePicture: { path: '/wiki/aa-avatar/anonymous.svg', width: 48, height: 48, isDefault: true },
    displayName: 'Anonymous',
    _expandable: { operations: '' },
    _links: { base: call.base, context: '/wiki', self: `${call.base}/rest/api/user/anonymous` },
  };
}

export function userByIdJson(call: Call, accountId: string): Record<string, unknown> | undefined {
  const person = findPerson(call.db, accountId);
  return person && userJson(call, person);
}

export function groupJson(call: Call, group: Group): object {
  return {
    type: 'group',
    name: group.name,
    id: group.id,
    _links: { self: `${call.base}/rest/api/group/by-id?id=${encodeURIComponent(group.id)}` },
  };
}

export function labelJson(label: Label): object {
  return { prefix: label.prefix, name: label.name, id: label.id, label: label.name };
}

export function spaceJson(call: Call, space: Space): object {
  return {
    id: Number(space.id),
    key: space.key,
    alias: space.key,
    name: space.name,
    type: space.type === 'personal' ? 'personal' : 'global',
    status: space.status,
    _expandable: {
      settings: `/rest/api/space/${space.key}/settings`,
      metadata: '',
      operations: '',
      lookAndFeel: '',
      permissions: '',
      icon: '',
      description: '',
      theme: '',
      history: '',
      homepage: space.homepageId ? `/rest/api/content/${space.homepageId}` : '',
      identifiers: '',
    },
    _links: { webui: `/spaces/${space.key}`, self: `${call.base}/rest/api/space/${space.key}` },
  };
}

export function versionJson(
  call: Call,
  content: Pick<Content, 'version' | 'versionBy' | 'versionAt' | 'versionMessage'>,
): object {
  const by = userByIdJson(call, content.versionBy);
  return {
    ...(by ? { by } : {}),
    when: content.versionAt,
    friendlyWhen: content.versionAt.slice(0, 10),
    message: content.versionMessage,
    number: content.version,
    minorEdit: false,
    contentTypeModified: false,
    _expandable: { collaborators: '', content: '' },
    _links: {},
  };
}

/** A page or post as v1 search shows it, with the parts named by `expand` (without the leading `content.`). */
export function contentJson(call: Call, content: Content, expand: ReadonlySet<string>): object {
  const space = findSpace(call.db, content.spaceId);
  const creator = userByIdJson(call, content.authorId);
  const wants = (name: string) => expand.has(name) || [...expand].some((one) => one.startsWith(`${name}.`));
  const bodies = singleFormats.filter((format) => expand.has(`body.${format}`));
  return {
    id: content.id,
    type: content.type,
    status: content.status,
    title: content.title,
    ...(wants('space') && space ? { space: spaceJson(call, space) } : {}),
    ...(wants('version') ? { version: versionJson(call, content) } : {}),
    ...(wants('history')
      ? {
          history: {
            latest: true,
            ...(creator ? { createdBy: creator } : {}),
            createdDate: content.createdAt,
            ...(expand.has('history.lastUpdated') ? { lastUpdated: versionJson(call, content) } : {}),
            _expandable: { previousVersion: '', contributors: '', nextVersion: '' },
            _links: { self: `${call.base}/rest/api/content/${content.id}/history` },
          },
        }
      : {}),
    ...(wants('ancestors')
      ? { ancestors: ancestorsOf(call.db, content).map((one) => contentJson(call, one, new Set())) }
      : {}),
    ...(bodies.length > 0
      ? {
          body: Object.assign(
            { _expandable: {} },
            ...bodies.map((format) => bodyWithMore(call, content, format)),
          ),
        }
      : {}),
    ...(wants('metadata') ? { metadata: metadataJson(call, content, expand) } : {}),
    macroRenderedOutput: {},
    extensions: { position: content.position },
    _expandable: {
      container: space ? `/rest/api/space/${space.key}` : '',
      children: '',
      restrictions: '',
      operations: '',
      descendants: '',
    },
    _links: {
      webui: webuiOf(call, content),
      self: `${call.base}/rest/api/content/${content.id}`,
      tinyui: `/x/${tinyCode(content.id)}`,
    },
  };
}

function bodyWithMore(call: Call, content: Content, format: (typeof singleFormats)[number]): object {
  const made = bodyJson(call, content, content.storage, format) as Record<string, object>;
  return {
    [format]: {
      ...made[format],
      embeddedContent: [],
      _expandable: { content: `/rest/api/content/${content.id}` },
    },
  };
}

function metadataJson(call: Call, content: Content, expand: ReadonlySet<string>): object {
  if (!expand.has('metadata.labels')) return { _expandable: { labels: '', currentuser: '', properties: '' } };
  const results = labelsOf(call.db, 'content', content.id).map(labelJson);
  return { labels: { results, start: 0, limit: 200, size: results.length, _links: {} } };
}

/** A comment or attachment as v1 search shows it. */
export function partJson(
  call: Call,
  part: Comment | Attachment,
  holder: Content,
  expand: ReadonlySet<string>,
): object {
  const isFile = 'filename' in part;
  const creator = userByIdJson(call, part.authorId);
  const version = {
    version: part.version,
    versionBy: isFile ? part.authorId : part.versionBy,
    versionAt: isFile ? part.createdAt : part.versionAt,
    versionMessage: isFile ? part.comment : part.versionMessage,
  };
  const space = findSpace(call.db, holder.spaceId);
  return {
    id: part.id,
    type: isFile ? 'attachment' : 'comment',
    status: isFile ? part.status : 'current',
    title: isFile ? part.filename : `Re: ${holder.title}`,
    ...([...expand].some((one) => one.startsWith('space')) && space ? { space: spaceJson(call, space) } : {}),
    ...(expand.has('version') ? { version: versionJson(call, version) } : {}),
    ...(expand.has('history') && creator
      ? { history: { latest: true, createdBy: creator, createdDate: part.createdAt, _links: {} } }
      : {}),
    ...(expand.has('container') ? { container: contentJson(call, holder, new Set()) } : {}),
    macroRenderedOutput: {},
    extensions: isFile
      ? { mediaType: part.mediaType, fileSize: part.size, comment: part.comment, fileId: part.fileId }
      : { location: part.kind },
    _expandable: { container: `/rest/api/content/${holder.id}` },
    _links: {
      webui: isFile
        ? `${webuiOf(call, holder)}?preview=%2F${holder.id}%2F${part.id}`
        : `${webuiOf(call, holder)}?focusedCommentId=${part.id}`,
      self: `${call.base}/rest/api/content/${part.id}`,
    },
  };
}
