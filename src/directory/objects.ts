/** The kinds of object that IPMS keeps in a directory. */
export type ObjectKind = 'user' | 'group' | 'contact' | 'container';

/**
 * What an object stands for: an item of IPMS, or one of IPMS's own helpers, which no page makes (a container, the group of
 * a whole agency, the empty group that nobody may send through).
 */
export type ObjectOf = { type: 'mailbox' | 'group' | 'contact'; id: number } | { type: 'helper'; id: string };

/** What IPMS wants an object to be. Values are those of the directory, not escaped; an empty list: the attribute is not to be there. */
export type Wanted = {
  of: ObjectOf;
  agencyId: number | null;
  kind: ObjectKind;
  /** The names of the containers that it lies in, the nearest first, below the base. */
  container: string[];
  /** The value of its `cn` or `ou`. */
  name: string;
  attributes: Record<string, string[]>;
  /** Attributes whose values are objects. */
  links: Record<string, ObjectOf[]>;
  /** Whether a user may sign in; null for all else. */
  isOpen: boolean | null;
  /** It stays wherever it is and called as it is, unless it lies in this container: it was there before IPMS. */
  staysOutOf?: string[];
  /** Objects that are not IPMS's, by their GUID, and may stay in a link. */
  keeps?: Record<string, string[]>;
};

/** What a directory says an object is. Links name objects by their GUID. */
export type Real = {
  guid: string;
  kind: ObjectKind;
  container: string[];
  name: string;
  attributes: Record<string, string[]>;
  links: Record<string, string[]>;
  isOpen: boolean | null;
  /** The mark `ipms:<type>:<id>` by which an object is known whose GUID was not stored; null: none of ours. */
  mark: string | null;
};

export type Action = 'create' | 'update' | 'rename' | 'move' | 'open' | 'close' | 'members' | 'remove';

/** One thing that has to be done to one object. Without a GUID: to one that is made earlier in the same pass. */
export type Change =
  | { action: 'create'; wanted: Wanted }
  | {
      action: 'update' | 'members';
      guid: string | null;
      of: ObjectOf;
      field: string;
      from: string[];
      to: string[] | ObjectOf[];
      /** Of a link, the GUIDs that are in it and stay, whoever they are. */
      keeps?: string[];
    }
  | {
      action: 'rename' | 'move';
      guid: string | null;
      of: ObjectOf;
      from: string;
      to: string;
      container: string[];
      name: string;
    }
  | { action: 'open' | 'close' | 'remove'; guid: string | null; of: ObjectOf };

/** The mark by which an object is known for what it stands for. */
export function markOf({ type, id }: Pick<ObjectOf, 'type' | 'id'>) {
  return `ipms:${type}:${id}`;
}

/** The object that a change is of. */
export function objectOf(change: Change) {
  return change.action === 'create' ? change.wanted.of : change.of;
}

/** The attribute that a change is of; empty where it is of the object itself. */
export function fieldOf(change: Change) {
  return change.action === 'update' || change.action === 'members' ? change.field : '';
}
