/** Texts the demo model proposes. They are drafts: the person edits them on the card. */

const title = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const sections: Record<string, string> = {
  goals:
    '- What will be different for customers when this is done?\n- How will we measure it? Name a number and a date.\n- What is explicitly not a goal?',
  timelines:
    '| Milestone | Owner | Date |\n| --- | --- | --- |\n| Scope agreed | | |\n| Feature complete | | |\n| Launch | | |\n\nWhich dates are fixed, and why?',
  risks:
    '| Risk | Likelihood | Effect | What we do |\n| --- | --- | --- | --- |\n| | | | |\n\nWhat would make us stop?',
};
const alike: Record<string, string> = {
  goal: 'goals',
  objectives: 'goals',
  timeline: 'timelines',
  schedule: 'timelines',
  milestones: 'timelines',
  risk: 'risks',
};

/** A page with one heading for each topic of a list such as "goals, timelines, and risks". */
export function templateOf(list: string): string {
  const topics = list
    .replace(/^(?:a |the )?(?:template|sections?|headings?)(?: (?:containing|with|for|about|on))? /i, '')
    .split(/,\s*(?:and\s+)?|\s+and\s+/)
    .map((topic) => topic.replace(/[.\s]+$/, '').trim())
    .filter((topic) => topic !== '');
  return topics
    .map((topic) => {
      const key = topic.toLowerCase();
      return `## ${title(topic)}\n\n${sections[key] ?? sections[alike[key] ?? ''] ?? '- What belongs here?\n- Who decides?'}`;
    })
    .join('\n\n');
}

const topics: { about: RegExp; text: string }[] = [
  {
    about: /rate.?limit|throttl/i,
    text: `Every public endpoint is limited for each client, so that one busy client cannot slow down the others.

| Kind of request | Limit for one client | Burst |
| --- | --- | --- |
| Read (\`GET\`) | 600 per minute | 50 per second |
| Write (\`POST\`, \`PUT\`, \`DELETE\`) | 120 per minute | 10 per second |
| Search and reports | 30 per minute | 2 per second |

### What a client sees

- Every answer carries \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` (seconds).
- Over the limit the answer is \`429 Too Many Requests\` with \`Retry-After\`, and a problem body like every other error.

### What a client does

1. Wait at least as long as \`Retry-After\` says.
2. Then retry with growing pauses and some jitter, four times at most.
3. Send a write again only with the same idempotency key.`,
  },
  {
    about: /rollback|roll back/i,
    text: `Roll back when a deployment breaks a check that has to be green. Decide within 15 minutes; a rollback that was not needed costs less than a long outage.

1. Announce the rollback in the release channel and name one person who leads it.
2. Stop the rollout so that no further instance gets the new version.
3. Deploy the last good version again. Do not build it anew.
4. If the release changed the schema, check that the old version can read it before traffic returns.
5. Watch errors, latency and queue length for 15 minutes.
6. Write down what was seen and open a ticket for the cause before the next attempt.`,
  },
  {
    about: /set.?up|environment|install|getting started/i,
    text: `Plan for about two hours. If a step fails, note what you saw and ask in your team's channel.

1. **Accounts.** Check that you can sign in to the version control system and the package registry.
2. **Tools.** Install Git, the container runtime and the language versions that the repository names.
3. **Code.** Clone the repository and read its README first.
4. **Configuration.** Copy the example environment file and fill in the local values. Never put real secrets into it.
5. **Dependencies.** Run the install command of the repository.
6. **Services.** Start the local database and queues with the compose file, and run the migrations.
7. **Check.** Run the tests. All of them have to pass before you change anything.
8. **First run.** Start the app, open it in the browser and sign in as the test user.`,
  },
  {
    about: /webhook/i,
    text: `- **What arrives:** events are posted to one HTTPS endpoint of ours. Which events we subscribe to is still to be listed here.
- **Trust:** verify the signature of every event before reading it; refuse events older than five minutes.
- **Once only:** events may arrive twice or out of order. Store each event id and ignore repeats.
- **Answer fast:** answer \`2xx\` within a few seconds and do the work in a queue; anything else is delivered again.
- **Open:** owner, alerting, and how missed events are found and replayed.`,
  },
];

/** The body of a section about a topic: a real draft where the demo model has one, else prompts to fill in. */
export function sectionText(topic: string): string {
  return (
    topics.find(({ about }) => about.test(topic))?.text ??
    `- **What this is about:** ${topic.replace(/[.\s]+$/, '')}\n- **Who it concerns:**\n- **What to do:**\n- **Whom to ask:**`
  );
}

/** A page for a title, a kind ("design spec") and what else was asked ("step-by-step instructions"). */
export function pageText(o: { title: string; kind: string; about: string }): string {
  const wish = `${o.kind} ${o.about}`;
  if (/step.?by.?step|numbered|instructions|how.?to/i.test(wish)) return `${steps(o.title)}`;
  if (/design|spec|architecture/i.test(`${wish} ${o.title}`)) return designSpec(o.title);
  const list = /(?:containing|with|sections? (?:for|on)|covering) (.+)$/i.exec(o.about)?.[1];
  if (list !== undefined && /,| and /.test(list)) return templateOf(list);
  const topic = o.about.replace(/^(?:about|on|that covers|covering|with)\s+/i, '').trim();
  if (topic !== '') return `## ${title(topic.replace(/[.\s]+$/, ''))}\n\n${sectionText(topic)}`;
  return `## Purpose\n\nWhat is this page for, and who reads it?\n\n## Content\n\n${sectionText(o.title)}\n\n## Owner\n\nWho keeps it up to date?`;
}

function steps(of: string): string {
  const known = topics.find(({ about }) => about.test(of))?.text;
  return (
    known ??
    `1. **Before you start.** What must be there already?\n2. **First step.** What exactly is done?\n3. **Check.** How do you see that it worked?\n4. **Finish.** What has to be tidied up, and who is told?`
  );
}

const designSpec = (of: string): string => `## Summary

What ${of} changes, in three sentences, for a reader who knows nothing of it.

## Goals

-
-

## Not goals

-

## Design

How the parts work together, what data moves between them, and which interfaces change.

## Alternatives

| Option | For | Against |
| --- | --- | --- |
| | | |

## Security and privacy

What could be abused, and what prevents it.

## Rollout

How it goes live, how it is watched and how it is taken back.

## Open questions

- [ ]`;
