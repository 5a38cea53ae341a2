export { DemoPeople } from './demo-people.tsx';
export { Door } from './door.tsx';
export { NewPersonForm } from './new-person-form.tsx';
export { ownPath, signInErrorWords, signOut } from './next-auth.ts';
export { PasswordForm } from './password-form.tsx';
export { UseTicket } from './use-ticket.tsx';
