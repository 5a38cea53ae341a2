/**
 * Departures from the document that are wanted: nulls and the createdAt of folders as a number, as seen on live sites;
 * ids that are not there; body formats under their own names; and the document's schema of byOperation, which nests `properties` inside
 * `additionalProperties` and so describes no possible answer.
 */
export const deviates = (problem: string) =>
  /\.(?:parentId|parentType|position|childPosition|mediaTypeDescription): is null$/.test(problem) ||
  /\/folders\S*: \$\.createdAt: \d+ is no string$/.test(problem) ||
  /convert-ids-to-types: \$\.results\.\w+: is null$/.test(problem) ||
  /\$\.body\.(?:export_view|anonymous_export_view|styled_view|editor): is not in the document$/.test(
    problem,
  ) ||
  /\/restriction\/byOperation(?:\?\S*)?: /.test(problem);
