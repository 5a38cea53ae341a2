export { isErrorView, RequestError, request, toView } from './request.ts';
