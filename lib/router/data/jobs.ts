/** How known jobs of several steps go, and where they go wrong. The first whose patterns all fit a question counts. */
export type Job = { all: readonly RegExp[]; steps: readonly string[]; pitfalls: readonly string[] };

export const jobs: readonly Job[] = [
  {
    all: [
      /disclaimer|banner|notice|footer|hinweis|aviso|same (block|text|note)/i,
      /\ball\b|every|each|many|alle|todas|pages/i,
    ],
    steps: [
      'add_content_to_pages with the body, the position and which pages (label, space or query): it lists every page and skips those that have it.',
      'Show the list to the person: which pages, and which are left out and why.',
      'Then edit_page per page that the person wants, each with its own card.',
    ],
    pitfalls: [
      'Say how complete the list is: it stops at max_pages.',
      'A label or a search may miss pages: name the criterion that was used.',
    ],
  },
  {
    all: [
      /replace|update|change|switch|rewrite|ersetz|umstell|reemplaz|cambia|actualiz/i,
      /links?\b|domain|urls?\b|everywhere|in all|across|all pages|enlaces|allen seiten/i,
    ],
    steps: [
      'replace_text_in_pages with find, replace and target (links for addresses): it reads the bodies and lists every hit.',
      'Show the list with the number of hits per page.',
      'Then edit_page per page that the person wants; only the hits change.',
    ],
    pitfalls: [
      'Search does not find the address inside a link: only the text of pages is indexed, so bodies must be read.',
      'target links changes addresses only; the words shown stay.',
    ],
  },
  {
    all: [/archiv/i, /view|read|visit|used|months?|stale|old|alte|antigu|6m|\bsince\b/i],
    steps: [
      'archive_stale_pages with not_viewed_for or not_edited_for and the space: it lists the pages with their last view and edit.',
      'Show the list; leave out what the person wants to keep.',
      'archive_pages with the chosen ids (destructive; the person approves it on a card).',
    ],
    pitfalls: [
      "Atlassian's API cannot take a page out of the archive again: say so before.",
      'Views cost one request per page and may be missing on small plans.',
      'To move pages into an Archive space instead, use move_page.',
    ],
  },
  {
    all: [
      /broken|dead|missing|rotten|404|defekt|tote|kaputt|fehlend|rot[oa]s|faltan/i,
      /links?\b|images?|pictures?|bild|enlaces|im[aá]genes/i,
    ],
    steps: [
      'find_broken_links for the space (external: true also tests web addresses).',
      'find_missing_images for the same space.',
      'Report by page with the link and the reason; offer edit_page for those that can be mended.',
    ],
    pitfalls: [
      'A page you cannot see is not the same as a page that is gone.',
      'Say how many pages were looked at.',
    ],
  },
  {
    all: [/duplicat|similar|same content|redundan|doppelt|ähnlich|duplicad|parecid/i],
    steps: [
      'find_duplicate_pages for the space or the label; threshold 0.8 finds near copies.',
      'For a pair that matters, read_page both and say what differs.',
      'Offer: merge with edit_page, then archive_pages or delete_page for the one that goes.',
    ],
    pitfalls: ['Templates and meeting notes look alike: judge by what they say, not by the number alone.'],
  },
  {
    all: [
      /audit|review|who (has|can|could)|access|zugriff|acceso/i,
      /space|bereich|espacio|\bHR\b|sensitive|confidential/i,
    ],
    steps: [
      'audit_space_access with the space and members: true (groups become people), pages: true for pages with limits of their own.',
      'List people, groups and what they may do; name guests and anonymous access first.',
      'list_audit_records for what changed, where the person is an administrator.',
    ],
    pitfalls: [
      'Who really opened a page is not in the API: only counts.',
      'A space you cannot see is refused: say so, do not guess.',
    ],
  },
  {
    all: [
      /export|download|backup|zip|save|exportier|sicher|descarg/i,
      /pdf|markdown|html|word|all|space|documentation|pages|seiten|p[aá]ginas/i,
    ],
    steps: [
      'search_content or list_spaces to settle which space or pages are meant.',
      'export_space (a space or a search) or export_page (single pages, children: true for those below) with the format.',
      'Give the link to the file and say what could not be shown.',
    ],
    pitfalls: [
      "PDFs are drawn by us: Atlassian's API has no PDF export. Word is not offered.",
      'The file is kept for a day.',
    ],
  },
  {
    all: [/move|verschieb|mueve|mover|relocate/i, /space|archive|retired|all|runbooks|bereich|espacio/i],
    steps: [
      'search_content or list_content_by_label for the pages that are meant; list_spaces for the key of the target space.',
      'move_page with their ids and the target; children follow by themselves.',
      'Say what waits for approval.',
    ],
    pitfalls: [
      'Titles are unique in a space: a page of the same name in the target stops the move.',
      'Moving a parent takes everything under it along: do not list the children too.',
    ],
  },
  {
    all: [
      /modified|changed|edited|updated|geändert|modificad/i,
      /week|team|group|since|yesterday|month|woche|semana|equipo/i,
    ],
    steps: [
      'list_group_members when a team is meant: is there such a group?',
      'list_recent_changes with since and group (or contributor); with_editors: true names who saved what.',
      'Answer with date, editor and link for each.',
    ],
    pitfalls: [
      'A team may be called otherwise in Confluence: on "ambiguous" or "not found", show the candidates.',
      'The index is up to a minute behind.',
    ],
  },
  {
    all: [
      /unresolved|open|unanswered|offene|sin resolver/i,
      /comments?|feedback|questions?|kommentar|comentarios/i,
    ],
    steps: [
      'find_unresolved_comments for the space, the label or the tree of the page.',
      'Group by page, oldest first, each with its link; summarise what is asked.',
      'On request: create_comment_reply, then resolve_inline_comment.',
    ],
    pitfalls: ['Footer comments have no resolution: only questions without an answer are reported.'],
  },
  {
    all: [
      /action items?|decisions?|deadlines?|follow.?ups?|todos?|aktionspunkte|entscheidungen|puntos de acci/i,
    ],
    steps: [
      'extract_action_items with the space or a query for the notes, kinds and since.',
      'Report owner, due date and source link; mark what was only guessed from prose.',
    ],
    pitfalls: ['Items from prose are guesses: say which.'],
  },
  {
    all: [
      /leav|offboard|departing|fired|resign|ausscheid|left the company|employee/i,
      /access|remove|revoke|everything|zugriff|accesos/i,
    ],
    steps: [
      'remove_user_access with the person: it lists groups, space roles and restrictions.',
      'Show the list; then remove_user_from_group and remove_space_permission one by one, each with its card.',
    ],
    pitfalls: [
      'This does not close the Atlassian account: an administrator does that at admin.atlassian.com.',
    ],
  },
  {
    all: [/blog|news|announce|ankündig|anuncio/i, /publish|write|create|post|summary|schreib|publica/i],
    steps: [
      'search_content for the source (meeting notes, page), then read_page.',
      'create_blog_post in the space with the summary and a link to the source page.',
      'Say that it waits for approval.',
    ],
    pitfalls: ['Take facts from what was read only; link the source.'],
  },
  {
    all: [
      /\bgroups?\b|contractor|\bteam\b/i,
      /remove|kick|offboard|expired|leav|check who|take .* out|membership/i,
    ],
    steps: [
      'list_group_members with group and user: is the person in it? It also gives both ids.',
      'Only if so: remove_user_from_group (destructive; the person approves it on a card).',
      "Say the outcome; the card's Undo adds them back.",
    ],
    pitfalls: [
      'Confluence answers success even when the person was not a member: check first.',
      'Two people may share a name: on "ambiguous", ask which one, never guess.',
    ],
  },
  {
    all: [
      /restore|bring back|old version|earlier version|last month|previous version/i,
      /section|part|compare|difference|diff/i,
    ],
    steps: [
      'list_versions to find the version by its date.',
      'compare_versions between it and the current one.',
      'get_version for the old text, then edit_page replacing only that section. restore_version would take back everything since.',
    ],
    pitfalls: ['restore_version puts the whole page back, including what others wrote since.'],
  },
  {
    all: [/\blabels?\b|\btag/i, /find|page|search|q\d/i],
    steps: [
      'search_content for the page, unless its id is known.',
      'add_label (or remove_label) with its id.',
    ],
    pitfalls: ['Labels are lower case without spaces.', 'On several equal titles, ask which page.'],
  },
  {
    all: [
      /summar|who (wrote|authored|created)|author|rules|explain|what does|standards/i,
      /find|search|page|doc|guideline|space|prd/i,
    ],
    steps: [
      'search_content with query and spaces.',
      'read_page of the best one or two results (the answer names author and last editor).',
      'Answer from what was read, with a link for each statement.',
    ],
    pitfalls: [
      'Excerpts of a search are not the page: read it before summarising.',
      'Author (who created) and last editor can differ: read_page gives both.',
    ],
  },
  {
    all: [/create|new page|write|set up/i, /space|template|populate|page|doc/i],
    steps: [
      'list_spaces with query for the space, unless its key is known.',
      'search_content or list_pages with title: does the page exist already?',
      'create_page with space, title and body in Markdown, headings for each part that was asked for.',
    ],
    pitfalls: [
      'Titles are unique in a space: on title_taken, offer to edit the existing page.',
      'The body must not repeat the title as a heading.',
    ],
  },
  {
    all: [
      /update|edit|add|append|insert|change|mention|note|section|fix/i,
      /page|prd|doc|section|guideline|content|wiki|requirements/i,
    ],
    steps: [
      'search_content for the page, unless its id is known.',
      'read_page: note its version, and whether what is wanted stands there already.',
      'Only if it does not: edit_page with base_version and one small edit (append, insert_after a heading, replace).',
      'Say that a change waits for approval; nothing is saved before.',
    ],
    pitfalls: [
      'Never send the whole page to change a part: edit_page keeps everything else byte for byte.',
      'If the page says it already, propose nothing and say so.',
      'The new version number is set by Confluence, not by you.',
    ],
  },
  {
    all: [/draft/i, /list|all|find|show|which/i],
    steps: [
      'list_pages with status draft and the space.',
      'Say the limit: Atlassian gives no list of drafts; only those made through Confab are known.',
    ],
    pitfalls: ['CQL has no status field, and search never returns drafts.'],
  },
];
