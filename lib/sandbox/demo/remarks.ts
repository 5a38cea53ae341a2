/** Comments by page, kept apart from the pages they belong to. The key is space key and title. */
import type { CommentInput } from './make.ts';

export const REMARKS: Record<string, CommentInput[]> = {
  'ENG/Code review': [
    {
      by: 'noah',
      at: 80,
      on: ['review-day', 'within a working day'],
      resolved: true,
      text: 'Whose working day, the author’s or mine?',
      replies: [{ by: 'ben', at: 79, text: 'Yours.' }],
    },
  ],
  'ENG/Runbook: Billing engine': [
    { by: 'raj', at: 19, text: 'The freeze now prints who else has frozen. Screenshot follows.' },
    {
      by: 'victor',
      at: 12,
      text: 'Who is called in finance at weekends?',
      replies: [{ by: 'raj', at: 11.8, text: 'The number on the last page of the rota.' }],
    },
  ],
  'ENG/Runbook: Fleet gateway': [
    { by: 'lars', at: 10, text: 'A swap took 55 s in Columbus yesterday, not 40. I am looking.' },
  ],
  'ENG/Runbook: Mission planner': [
    { by: 'hana', at: 20, text: 'Holding two robots was not enough in Rotterdam, it took four.' },
  ],
  'ENG/Runbook: Console': [
    { by: 'grace', at: 30, resolved: true, text: 'The channel is called ops-night now.' },
  ],
  'ENG/Runbook: Queue cluster': [
    {
      by: 'ben',
      at: 25,
      text: 'Please add how to see which group lags.',
      replies: [{ by: 'elena', at: 24, text: 'It is on the dashboard; I will link it.' }],
    },
  ],
  'ENG/Runbook: Till': [{ by: 'elena', at: 130, text: 'Can this go to the archive?' }],
  'ENG/ADR 29: Tokens bound to certificates': [
    { by: 'lars', at: 48, text: 'Partners with old Java cannot do this. Are we sure?' },
    {
      by: 'priya',
      at: 41,
      text: 'I would accept it for machines of ours first.',
      replies: [{ by: 'noah', at: 40, text: 'Good way in. I will rewrite the decision.' }],
    },
  ],
  'ENG/ADR 28: Feature flags live in git': [
    {
      by: 'victor',
      at: 90,
      resolved: true,
      text: 'Four minutes are too slow in an incident.',
      replies: [{ by: 'ben', at: 89, text: 'Hence the emergency switch.' }],
    },
  ],
  'ENG/Robot fault code reference': [
    { by: 'fatima', at: 22, text: 'Customers ask for this as a sheet. May I export it?' },
    { by: 'hana', at: 15, text: 'SAF codes of the XL series are missing.' },
  ],
  'ENG/Setting up a development machine': [
    { by: 'kwame', at: 77, text: 'There is almost the same page in Onboarding. Which one do we keep?' },
  ],
  'ENG/Gripper calibration': [{ by: 'mei', at: 100, text: 'The picture is gone since the move.' }],
  'ONB/Set up your development machine': [
    {
      by: 'nadia',
      at: 60,
      resolved: true,
      text: 'Step 2 took an hour on my laptop.',
      replies: [{ by: 'ben', at: 59, text: 'The mirror was down that day.' }],
    },
  ],
  'ONB/Onboarding Home': [
    {
      by: 'zoe',
      at: 18,
      text: 'The soup is not mentioned.',
      replies: [{ by: 'grace', at: 17.9, text: 'An outrage. Soon.' }],
    },
  ],
  'ONB/Safety in the test hall': [
    { by: 'noah', at: 33, text: 'New lamp colours from January: please wait with printing.' },
  ],
  'MKT/Q3 Marketing Roadmap': [
    {
      by: 'oliver',
      at: 24,
      on: ['roadmap-budget', '42% for the fair'],
      text: 'Is that with or without travel?',
    },
  ],
  'MKT/Team meeting notes 2026-11-16': [
    { by: 'liam', at: 3.2, text: 'The interview is fixed for Tuesday at 9.' },
  ],
  'MKT/Voice and tone': [
    {
      by: 'kwame',
      at: 90,
      text: 'May we use this for error messages too?',
      replies: [{ by: 'sofia', at: 89, text: 'Please do.' }],
    },
  ],
  'MKT/Campaign: Rotterdam story': [
    { by: 'fatima', at: 8, text: 'The customer wants to see the numbers before the film.' },
  ],
  'PROD/Release calendar': [
    {
      by: 'lars',
      at: 5,
      text: 'The gateway release collides with the peak days in Columbus; the 25th would be better.',
    },
  ],
  'PROD/Product Roadmap 2026 H2': [
    {
      by: 'chloe',
      at: 60,
      resolved: true,
      text: 'May Marketing quote the “now” lines?',
      replies: [{ by: 'ingrid', at: 59, text: 'Only those.' }],
    },
  ],
  'PROD/Fast Charging PRD': [{ by: 'mei', at: 92, text: '45 °C is the limit of the cell, not of the case.' }],
  'IT/Password and Passkey Policy': [
    {
      by: 'raj',
      at: 50,
      text: 'What about build servers? They cannot hold a passkey.',
      replies: [{ by: 'marcus', at: 49, text: 'They use certificates; I will say so.' }],
    },
  ],
  'IT/Artificial Intelligence Use Policy': [
    { by: 'priya', at: 20, text: 'Where is the approved list?' },
    { by: 'liam', at: 12, text: 'Does rule 3 cover translations?' },
  ],
  'IT/VPN setup': [
    {
      by: 'john',
      at: 40,
      resolved: true,
      text: 'Works on Linux too, please add the command.',
      replies: [{ by: 'amira', at: 39, text: 'Added.' }],
    },
  ],
  'HR/Hiring plan': [{ by: 'jane', at: 15, text: 'The designer can start in March at the earliest.' }],
  'HR/Remote Work Policy': [
    { by: 'janet', at: 70, text: '60 days is too long for tax reasons in two countries.' },
  ],
  'CLI/Chubu Parts': [
    { by: 'mei', at: 9, text: 'The drains were covered last week; please measure the drift again.' },
  ],
  'CLI/Hanse Pharma': [{ by: 'liam', at: 60, text: 'Validation for firmware 7.4 is signed.' }],
  'ARC/Project Magpie: arm on wheels': [{ by: 'elena', at: 400, text: 'The drawings are now with Labs.' }],
  'MKT blog/Pay for picks, not for robots': [
    { by: 'ingrid', at: 51, text: 'Clear and honest. Thank you.' },
    { by: 'raj', at: 50, text: 'The word “selected” saved my evening.' },
  ],
  'MKT blog/Four days in Nagoya': [{ by: 'mei', at: 66, text: '212 is the official record.' }],
  'ENG blog/Robots speak MQTT 5': [
    {
      by: 'lars',
      at: 39,
      text: 'Two lost commands a day: do we know which?',
      replies: [{ by: 'hana', at: 38.5, text: 'Both in the lift. Of course.' }],
    },
  ],
};
