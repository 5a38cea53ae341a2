import type { Property } from '../types.ts';

/** A content property; its value is JSON. */
export function propertyJson(property: Property): object {
  const { id, key, version, message, versionBy, versionAt } = property;
  return {
    id,
    key,
    value: JSON.parse(property.value) as unknown,
    version: { number: version, message, minorEdit: false, authorId: versionBy, createdAt: versionAt },
  };
}

/** A space property: who wrote it stands under other names than in content properties. */
export function spacePropertyJson(property: Property): object {
  const { id, key, createdAt, createdBy, version, message, versionBy, versionAt } = property;
  return {
    id,
    key,
    value: JSON.parse(property.value) as unknown,
    createdAt,
    createdBy,
    version: { number: version, message, createdBy: versionBy, createdAt: versionAt },
  };
}
