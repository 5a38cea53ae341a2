import type { Metadata } from 'next';
import { Section, ThemeChoice } from '#components/settings';
import { signedIn } from '../../signed-in.ts';

export const metadata: Metadata = { title: 'Appearance' };

export default async function AppearancePage() {
  await signedIn('/settings/appearance');
  return (
    <Section title="Theme" lead="Kept in this browser.">
      <ThemeChoice />
    </Section>
  );
}
