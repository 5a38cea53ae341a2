import type { Operation } from '../operation.ts';
import { auditSpaceAccess } from './audit-space-access.ts';
import { checkDocumentationCoverage } from './check-documentation-coverage.ts';
import { extractActionItems } from './extract-action-items.ts';
import { findBrokenLinks } from './find-broken-links.ts';
import { findDuplicatePages } from './find-duplicate-pages.ts';
import { findMissingImages } from './find-missing-images.ts';
import { findOrphanPages } from './find-orphan-pages.ts';
import { findStalePages } from './find-stale-pages.ts';
import { findUnresolvedComments } from './find-unresolved-comments.ts';
import { getContentViews } from './get-content-views.ts';
import { getContributorStats } from './get-contributor-stats.ts';
import { getLikes } from './get-likes.ts';
import { getReviewReport } from './get-review-report.ts';
import { getSpaceActivity } from './get-space-activity.ts';
import { getSpaceReport } from './get-space-report.ts';
import { listMostViewedPages } from './list-most-viewed-pages.ts';

/** The operations of the tag `analytics`. */
export const analyticsOperations: readonly Operation[] = [
  getContentViews,
  listMostViewedPages,
  getLikes,
  getSpaceActivity,
  getContributorStats,
  getSpaceReport,
  findStalePages,
  getReviewReport,
  auditSpaceAccess,
  checkDocumentationCoverage,
  findBrokenLinks,
  findMissingImages,
  findDuplicatePages,
  findOrphanPages,
  findUnresolvedComments,
  extractActionItems,
];
