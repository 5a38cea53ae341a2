import { expect, test } from 'vitest';
import { hashPassword, passwordSchema, verifyPassword } from './password.ts';

test('a password is kept as scrypt with its own salt, and only it fits', async () => {
  const [one, two] = await Promise.all([
    hashPassword('correct horse battery'),
    hashPassword('correct horse battery'),
  ]);
  expect(one).toMatch(/^scrypt\$131072\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword('correct horse battery', one)).toBe(true);
  expect(await verifyPassword('correct horse batterx', one)).toBe(false);
  expect(await verifyPassword('correct horse battery', null)).toBe(false);
  expect(await verifyPassword('x', 'plain')).toBe(false);
});

test('nobody present takes as long as a wrong password', async () => {
  const hash = await hashPassword('correct horse battery');
  const time = async (stored: string | null) => {
    const start = performance.now();
    await verifyPassword('wrong', stored);
    return performance.now() - start;
  };
  const [wrong, nobody] = [await time(hash), await time(null)];
  expect(nobody).toBeGreaterThan(wrong / 3);
});

test('twelve characters at least', () => {
  expect(passwordSchema.safeParse('elevenchars').success).toBe(false);
  expect(passwordSchema.safeParse('twelve chars').success).toBe(true);
});
