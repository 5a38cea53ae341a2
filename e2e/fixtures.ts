import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { type App, startApp } from './app.ts';
import { Sandbox } from './sandbox.ts';

type Person = 'Ada Moreno' | 'Ben Okafor';

/** What a person does in the browser, by role and name. */
export class Chat {
  readonly page: Page;
  readonly app: App;

  constructor(page: Page, app: App) {
    this.page = page;
    this.app = app;
  }

  async signIn(person: Person = 'Ada Moreno'): Promise<void> {
    await this.page.goto(`${this.app.url}/sign-in`);
    await this.page.getByRole('button', { name: `Continue as ${person}` }).click();
    await expect(this.page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  }

  /** Through the consent page, as a person does. */
  async connect(person: Person = 'Ada Moreno'): Promise<void> {
    await this.page.goto(`${this.app.url}/connect?returnTo=/settings/connections`);
    await this.consent(person);
    await expect(this.page).toHaveURL(/settings\/connections/);
  }

  /** On Atlassian's side: who you are, which site, Accept. */
  async consent(person: Person = 'Ada Moreno', site = 'Halden Robotics'): Promise<void> {
    const accept = this.page.getByRole('button', { name: 'Accept' });
    const who = this.page.getByRole('button', { name: new RegExp(person) });
    await expect(accept.or(who).first()).toBeVisible();
    if (!(await accept.isVisible())) await who.click();
    const choice = this.page.getByRole('radio', { name: new RegExp(site) });
    if ((await choice.count()) > 0) await choice.check();
    await accept.click();
  }

  async open(): Promise<void> {
    await this.page.goto(this.app.url);
  }

  async send(text: string): Promise<void> {
    const box = this.page.getByRole('textbox', { name: 'Message' });
    await box.fill(text);
    await this.page.getByRole('button', { name: 'Send' }).click();
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  get answer(): Locator {
    return this.log.getByRole('article').last();
  }

  get sources(): Locator {
    return this.answer.getByRole('list', { name: 'Sources' });
  }

  get card(): Locator {
    return this.page.getByRole('region', { name: 'Proposed change' }).last();
  }

  /** Sends and waits until the answer has come to rest (finished, or waiting for a person). */
  async ask(text: string): Promise<void> {
    const before = await this.log.getByRole('article').count();
    await this.send(text);
    await expect(this.log.getByRole('article')).toHaveCount(before + 1);
    await this.settled();
  }

  async settled(): Promise<void> {
    await expect(this.page.getByRole('button', { name: 'Stop' })).toHaveCount(0, { timeout: 30_000 });
    await expect(this.page.getByRole('button', { name: 'Send' })).toBeVisible();
  }

  async apply(): Promise<void> {
    await this.card.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(this.card.getByRole('status')).toContainText(/^Applied/);
    await this.settled();
  }
}

type Fixtures = { sandbox: Sandbox; chat: Chat; ada: Chat };

export const test = base.extend<Fixtures, { app: App }>({
  app: [
    async ({ browserName: _ }, use) => {
      const app = await startApp();
      await use(app);
      await app.stop();
      app.remove();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  sandbox: async ({ app }, use) => {
    const sandbox = new Sandbox(app);
    await sandbox.reset();
    await use(sandbox);
  },
  /** A browser that is not signed in. */
  chat: async ({ app, page, sandbox: _ }, use) => {
    await use(new Chat(page, app));
  },
  /** Ada, signed in, connected to Halden Robotics, on a new chat. */
  ada: async ({ chat }, use) => {
    await chat.signIn();
    await chat.connect();
    await chat.open();
    await use(chat);
  },
});

export { expect };
