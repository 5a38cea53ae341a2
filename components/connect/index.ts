export { AccessForm } from './access-form.tsx';
export { AccessList } from './access-list.tsx';
