import { contextFor, read, type TestSite } from './sandbox-context.fixture.ts';

const page = '5543210';
type Input = Record<string, unknown>;
type Sample = Input | ((site: TestSite) => Promise<Input>);

async function firstOf(site: TestSite, name: string, input: Input): Promise<string> {
  const found = await read(await contextFor(site), name, input);
  const [first] = found.data.items as { id?: string; template_id?: string }[];
  const id = first?.id ?? first?.template_id;
  if (id === undefined) throw new Error(`${name} gives nothing to go on with`);
  return id;
}

/** One ordinary call of each read operation on the demo site. */
const samples: Record<string, Sample> = {
  search_content: { query: 'rate limits' },
  list_recent_changes: { since: '30d', with_editors: true },
  read_page: { page, include: ['labels', 'likes', 'operations', 'inline_comments'] },
  list_pages: { space: 'ENG' },
  get_content_state: { id: page, available: true },
  list_blog_posts: { space: 'MKT' },
  read_blog_post: async (site) => ({ post: await firstOf(site, 'list_blog_posts', {}) }),
  list_spaces: {},
  get_space: { space: 'ENG', include: ['labels', 'operations'] },
  list_space_content: { space: 'ENG' },
  get_content: { ref: page },
  list_children: async (site) => ({ id: (await homepage(site)) as string }),
  list_descendants: async (site) => ({ id: (await homepage(site)) as string, depth: 2 }),
  list_ancestors: { id: page },
  list_comments: { replies: true },
  get_comment: async (site) => ({ comment_id: await firstOf(site, 'list_comments', {}) }),
  list_labels: { of: 'page', id: page },
  list_content_by_label: { label: 'runbook' },
  list_attachments: {},
  get_attachment: async (site) => ({ attachment: await firstOf(site, 'list_attachments', {}) }),
  download_attachment: async (site) => ({
    attachment: await firstOf(site, 'list_attachments', { media_type: 'text/plain' }),
    as: 'text',
  }),
  list_versions: { id: page },
  get_version: { id: page, version: 1, body: true },
  compare_versions: { id: page, from: 1 },
  list_content_properties: { id: page, content_type: 'page' },
  find_content_by_property: { key: 'review', space: 'ENG' },
  list_tasks: {},
  list_templates: {},
  get_template: async (site) => ({ template_id: await firstOf(site, 'list_templates', {}) }),
  list_custom_content: { type: 'ac:com.example.diagrams:diagram' },
  search_users: { query: 'Jane Doe' },
  get_user: async (site) => ({ account_ids: [(await contextFor(site)).connection.account.id] }),
  list_user_groups: { user: 'John Smith' },
  list_groups: {},
  list_group_members: { group: 'Contractors' },
  get_restrictions: { id: page, inherited: true },
  check_permission: { id: page },
  list_space_permissions: { space: 'ENG', roles: true, members: true },
  list_watchers: { of: 'page', id: page },
  get_content_views: { ids: [page], from: '30d' },
  list_most_viewed_pages: { since: '30d', space: 'ENG', max_pages: 20 },
  get_likes: { id: page, users: true },
  get_space_activity: { spaces: ['ENG'] },
  get_contributor_stats: { space: 'ENG', max_pages: 20 },
  get_space_report: { spaces: ['ENG'], kind: 'health' },
  find_stale_pages: { not_edited_for: '3m', space: 'ENG' },
  check_documentation_coverage: { topics: ['rate limits', 'time travel'], space: 'ENG' },
  get_review_report: { space: 'ENG', max_pages: 20 },
  find_broken_links: { space: 'ENG' },
  find_missing_images: { space: 'ENG' },
  find_duplicate_pages: { space: 'ENG' },
  find_orphan_pages: { space: 'ENG' },
  find_unresolved_comments: { space: 'ENG' },
  extract_action_items: { space: 'ENG' },
  audit_space_access: { spaces: ['HR'], members: true, pages: true },
  list_audit_records: { last: '30d' },
  list_classification_levels: {},
  get_classification_level: { id: page, content_type: 'page' },
  get_admin_key: {},
  export_page: { pages: [page], format: 'markdown' },
  export_space: { space: 'ONB', format: 'markdown' },
  get_long_task: {},
  get_connection: {},
  list_sites: {},
  check_connection: {},
  get_current_user: {},
  get_anonymous_user: {},
};

async function homepage(site: TestSite): Promise<unknown> {
  const { data } = await read(await contextFor(site), 'get_space', { space: 'ENG' });
  return data.homepage_id;
}

/** Operations with a sample. */
export const sampled: readonly string[] = Object.keys(samples);

/** The sample input of a read operation; ids that are not fixed are looked up on the site. */
export async function sampleFor(site: TestSite, name: string): Promise<Input> {
  const sample = samples[name];
  if (sample === undefined) throw new Error(`no sample for ${name}`);
  return typeof sample === 'function' ? sample(site) : sample;
}
