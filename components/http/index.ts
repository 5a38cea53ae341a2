export { isErrorView, RequestError, request, toView } from './request.ts';
export { useSubmit } from './use-submit.ts';
