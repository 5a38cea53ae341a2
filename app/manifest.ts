import type { MetadataRoute } from 'next';

/** So that a phone can keep Confab on its home screen. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Confab',
    short_name: 'Confab',
    description: 'Talk to your Confluence. Every change is shown before it is written, and can be undone.',
    start_url: '/',
    display: 'standalone',
    background_color: '#fcfbf9',
    theme_color: '#0f6078',
    icons: [{ src: '/icon.svg', type: 'image/svg+xml', sizes: 'any' }],
  };
}
