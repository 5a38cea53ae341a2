import type { Operation } from '../operation.ts';
import { createBlogPostOperation } from './create-blog-post.ts';
import { deleteBlogPostOperation } from './delete-blog-post.ts';
import { listBlogPosts } from './list-blog-posts.ts';
import { readBlogPost } from './read-blog-post.ts';
import { updateBlogPostOperation } from './update-blog-post.ts';

/** The operations of the tag `blog_posts`. */
export const blogPostsOperations: readonly Operation[] = [
  listBlogPosts,
  readBlogPost,
  createBlogPostOperation,
  updateBlogPostOperation,
  deleteBlogPostOperation,
];
